package papertape.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rule pages name a test for every rule; a renamed or removed test must not leave a rule without one. */
final class TradingRulesPagesTest {
    private static final Pattern METHOD = Pattern.compile("@Test\\s+(?:@\\w+(?:\\([^)]*\\))?\\s+)*void\\s+(\\w+)\\(");
    private static final Pattern QUALIFIED = Pattern.compile("`(\\w+Test)\\.(\\w+)`");
    private static final Pattern BARE =
            Pattern.compile("`((?:rule\\d+|[a-z]+[A-Z])\\w{16,}|[a-z]+(?:_[a-zA-Z0-9]+){4,})`");
    /** Settings that the pages name look like methods. */
    private static final Pattern SETTING = Pattern.compile("(?:max|daily|market)\\w+(?:Percent|Second|Instrument)");

    private static final Path ROOT = root();

    @Test
    void everyTestNamedOnThePagesExists() throws IOException {
        Map<String, Set<String>> tests = tests();
        List<String> missing = new ArrayList<>();
        int named = 0;
        for (Path page : pages()) {
            String text = Files.readString(page);
            Matcher qualified = QUALIFIED.matcher(text);
            while (qualified.find()) {
                named++;
                if (!tests.getOrDefault(qualified.group(2), Set.of()).contains(qualified.group(1))) {
                    missing.add(page.getFileName() + ": " + qualified.group());
                }
            }
            Matcher bare = BARE.matcher(text);
            while (bare.find()) {
                if (!tests.containsKey(bare.group(1))
                        && !SETTING.matcher(bare.group(1)).matches()) {
                    missing.add(page.getFileName() + ": " + bare.group());
                }
            }
        }
        assertThat(missing).isEmpty();
        assertThat(named).isGreaterThan(100);
    }

    @Test
    void everyRuleOfExecutionHasALineWithATest() throws IOException {
        List<String> lines = Files.readAllLines(ROOT.resolve("docs/trading-rules.md"));
        List<Integer> rules = IntStream.rangeClosed(1, 18).boxed().toList();

        assertThat(rules)
                .allSatisfy(rule -> assertThat(lines)
                        .filteredOn(line -> line.startsWith("| " + rule + " | "))
                        .isNotEmpty()
                        .allMatch(line -> QUALIFIED.matcher(line).find()));
    }

    @Test
    void everyCheckHasALineWithATest() throws IOException {
        String names = Files.readString(ROOT.resolve("risk-service/src/main/java/papertape/risk/CheckName.java"));
        List<String> lines = Files.readAllLines(ROOT.resolve("docs/trading-rules/checks.md"));
        List<String> checks = new ArrayList<>();
        Matcher constant = Pattern.compile("^    ([A-Z_]+)(?:\\(new \\w+\\(\\)\\))?[,;]$", Pattern.MULTILINE)
                .matcher(names);
        while (constant.find()) {
            checks.add(constant.group(1).toLowerCase(Locale.ROOT));
        }

        assertThat(checks).hasSizeGreaterThan(25);
        assertThat(checks)
                .allSatisfy(check -> assertThat(lines)
                        .filteredOn(line -> line.startsWith("| " + check + " | "))
                        .hasSize(1)
                        .allMatch(line -> BARE.matcher(line).find()));
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> below = Files.list(ROOT.resolve("docs/trading-rules"))) {
            return Stream.concat(Stream.of(ROOT.resolve("docs/trading-rules.md")), below)
                    .toList();
        }
    }

    /** For each test method the classes that have one of that name. */
    private static Map<String, Set<String>> tests() throws IOException {
        Map<String, Set<String>> tests = new HashMap<>();
        try (Stream<Path> modules = Files.list(ROOT)) {
            List<Path> folders = modules.map(module -> module.resolve("src/test/java"))
                    .filter(Files::isDirectory)
                    .toList();
            for (Path folder : folders) {
                collect(folder, tests);
            }
        }
        return tests;
    }

    private static void collect(Path folder, Map<String, Set<String>> tests) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.filter(file -> file.toString().endsWith("Test.java")).forEach(file -> {
                String name = file.getFileName().toString().replace(".java", "");
                Matcher method = METHOD.matcher(text(file));
                while (method.find()) {
                    tests.computeIfAbsent(method.group(1), any -> new HashSet<>())
                            .add(name);
                }
            });
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve("docs/trading-rules"))) {
            folder = folder.getParent();
            if (folder == null) {
                throw new IllegalStateException("docs/trading-rules is not above the working directory");
            }
        }
        return folder;
    }
}
