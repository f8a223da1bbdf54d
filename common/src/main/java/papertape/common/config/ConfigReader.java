package papertape.common.config;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import papertape.common.config.Tree.Place;
import papertape.common.config.Tree.Section;

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
        Section root = Environment.over((Section) tree, env, problems);
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
            return new YamlReader(name, problems).read(Files.readString(path));
        } catch (IOException e) {
            problems.add(
                    new Place(path.toString(), 0),
                    "cannot be read: " + e.getClass().getSimpleName());
            return new Section(new Place(name, 1), Map.of());
        }
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
