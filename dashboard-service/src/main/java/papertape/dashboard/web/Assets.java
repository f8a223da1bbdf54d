package papertape.dashboard.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The page's files: its own and those of its libraries, all from the class path. */
final class Assets {
    /** @param etag changes with the content */
    record File(byte[] bytes, String type, String etag) {}

    private static final Pattern NAME = Pattern.compile("/(?:[a-z0-9-]+/)?[a-zA-Z0-9.-]+\\.(html|js|css|svg|txt)");
    private static final String OWN = "/papertape/dashboard/web";
    private static final String WEBJARS = "/META-INF/resources/";

    private static final Properties LIBRARIES = libraries();

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml",
            "txt", "text/plain; charset=utf-8");

    private final Map<String, File> loaded = new ConcurrentHashMap<>();

    /** Null where there is no such file. */
    @Nullable
    File find(String path) {
        String name = path.equals("/") ? "/index.html" : path;
        if (!NAME.matcher(name).matches()) {
            return null;
        }
        File known = loaded.get(name);
        if (known == null) {
            known = load(name);
            if (known != null) {
                loaded.put(name, known);
            }
        }
        return known;
    }

    private static @Nullable File load(String name) {
        try (@Nullable InputStream in = Assets.class.getResourceAsStream(path(name))) {
            if (in == null) {
                return null;
            }
            byte[] bytes = in.readAllBytes();
            if (LIBRARIES.containsKey(name)) {
                bytes = withoutBareNames(bytes);
            }
            String type = TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "text/plain");
            return new File(bytes, type, "\"" + Integer.toHexString(Arrays.hashCode(bytes)) + "\"");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String path(String name) {
        String library = LIBRARIES.getProperty(name);
        return library == null ? OWN + name : WEBJARS + library;
    }

    private static Properties libraries() {
        Properties libraries = new Properties();
        try (@Nullable InputStream in = Assets.class.getResourceAsStream("/papertape/dashboard/libraries.properties")) {
            libraries.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return libraries;
    }

    /** A browser finds no module by a bare name without an import map, and an inline map is an inline script. */
    private static byte[] withoutBareNames(byte[] module) {
        return new String(module, StandardCharsets.UTF_8)
                .replace("from\"preact\"", "from\"./preact.js\"")
                .replaceAll("\n//# sourceMappingURL=.*", "")
                .getBytes(StandardCharsets.UTF_8);
    }
}
