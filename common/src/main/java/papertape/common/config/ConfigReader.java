package papertape.common.config;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import papertape.common.config.Tree.Place;
import papertape.common.config.Tree.Scalar;
import papertape.common.config.Tree.Section;
import papertape.common.text.Utf8;

/**
 * Reads the configuration: the file that ships, the user's file over it, further files ({@value #FILES}, separated as the
 * system separates paths) over that, then the environment ({@code PAPERTAPE_BUS_LEASE_MS}).
 *
 * <p>Sections merge key by key. Lists of named things in the first file replace those that ship; in further files they
 * extend and change them by name. An entry named {@code *} holds what the others of its list leave out.
 */
public final class ConfigReader {
    /** The environment variable that names files. */
    public static final String FILES = "PAPERTAPE_CONFIG";

    private static final String SHIPPED = "papertape.yaml";

    private final Problems problems = new Problems();

    private ConfigReader() {}

    /**
     * Reads a file and those that {@value #FILES} names after it.
     *
     * @throws ConfigException listing everything that is wrong
     */
    public static Config read(Path file, Map<String, String> env) {
        return new ConfigReader().readAll(file, env);
    }

    /**
     * What ships, with the files that {@value #FILES} names, if any.
     *
     * @throws ConfigException listing everything that is wrong
     */
    public static Config defaults(Map<String, String> env) {
        return new ConfigReader().readAll(null, env);
    }

    private Config readAll(@Nullable Path file, Map<String, String> env) {
        Set<Path> files = new LinkedHashSet<>();
        if (file != null) {
            files.add(file.toAbsolutePath().normalize());
        }
        for (String name : env.getOrDefault(FILES, "").split(File.pathSeparator)) {
            if (!name.isBlank()) {
                files.add(Path.of(name).toAbsolutePath().normalize());
            }
        }
        Tree tree = new YamlReader("(shipped) " + SHIPPED, problems).read(shipped());
        boolean isFirst = true;
        for (Path path : files) {
            tree = Tree.overlay(tree, content(path), !isFirst);
            isFirst = false;
        }
        problems.throwIfAny();
        Section root = inDatabase(Environment.over((Section) tree, env, problems));
        Config config = new Binder(problems).bind(root);
        CrossChecks.check(root, problems);
        problems.throwIfAny();
        if (config == null) {
            throw new IllegalStateException("a configuration without problems must bind");
        }
        return config;
    }

    private Section content(Path path) {
        String name = String.valueOf(path.getFileName());
        try {
            byte[] bytes = Files.readAllBytes(path);
            int bad = Utf8.firstBad(bytes, 0, bytes.length);
            if (bad >= 0) {
                problems.add(new Place(name, lineOf(bytes, bad)), notUtf8(bytes, bad));
                return new Section(new Place(name, 1), Map.of());
            }
            return new YamlReader(name, problems).read(text(bytes));
        } catch (IOException e) {
            problems.add(
                    new Place(path.toString(), 0),
                    "cannot be read: " + e.getClass().getSimpleName());
            return new Section(new Place(name, 1), Map.of());
        }
    }

    private static int lineOf(byte[] bytes, int at) {
        int line = 1;
        for (int i = 0; i < at; i++) {
            line += bytes[i] == '\n' ? 1 : 0;
        }
        return line;
    }

    private static String notUtf8(byte[] bytes, int at) {
        int start = at;
        while (start > 0 && bytes[start - 1] != '\n') {
            start--;
        }
        return "not UTF-8: byte " + (at - start + 1) + " of the line is 0x"
                + HexFormat.of().withUpperCase().toHexDigits(bytes[at]) + " (accepted: a file saved as UTF-8)";
    }

    /** Without the mark that editors of Windows put in front. */
    private static String text(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        return text.startsWith("\ufeff") ? text.substring(1) : text;
    }

    /**
     * Redis' pub/sub knows no databases: two stacks in two databases of one server would hear each other. So in another
     * database than 0 its number is a part of the namespace: {@code pt.db3:}.
     */
    private Section inDatabase(Section root) {
        if (!(root.get("redis") instanceof Section redis
                && redis.get("url") instanceof Scalar url
                && root.get("bus") instanceof Section bus
                && bus.get("namespace") instanceof Scalar namespace
                && !url.text().isEmpty())) {
            return root;
        }
        int database;
        try {
            database = RedisUrl.of(url.text()).database();
        } catch (IllegalArgumentException e) {
            problems.add(url.place(), "redis.url: " + e.getMessage());
            return root;
        }
        if (database == 0) {
            return root;
        }
        String name = namespace.text();
        String stem = name.endsWith(":") ? name.substring(0, name.length() - 1) : name;
        String own = stem + (stem.isEmpty() ? "db" : ".db") + database + ":";
        Map<String, Tree> settings = new LinkedHashMap<>(bus.entries());
        settings.put("namespace", new Scalar(namespace.place(), own));
        Map<String, Tree> sections = new LinkedHashMap<>(root.entries());
        sections.put("bus", new Section(bus.place(), settings, bus.keys()));
        return new Section(root.place(), sections, root.keys());
    }

    private static String shipped() {
        try (InputStream in = ConfigReader.class.getResourceAsStream(SHIPPED)) {
            if (in == null) {
                throw new IllegalStateException(SHIPPED + " is not packaged");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
