package papertape.dashboard.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AssetsTest {
    private static final Pattern IMPORT = Pattern.compile("from\\s*['\"]([^'\"]+)['\"]");

    private final Assets assets = new Assets();

    private String text(String path) {
        return new String(Objects.requireNonNull(assets.find(path), path).bytes(), StandardCharsets.UTF_8);
    }

    @Test
    void every_module_that_is_imported_is_served_and_none_by_a_bare_name() {
        List<String> open = new ArrayList<>(List.of("/app.js"));
        List<String> seen = new ArrayList<>();
        while (!open.isEmpty()) {
            String module = open.removeLast();
            seen.add(module);
            Matcher imports = IMPORT.matcher(text(module));
            while (imports.find()) {
                assertThat(imports.group(1)).as("in " + module).startsWith("./");
                String folder = module.substring(0, module.lastIndexOf('/') + 1);
                String found = folder + imports.group(1).substring(2);
                if (!seen.contains(found) && !open.contains(found)) {
                    open.add(found);
                }
            }
        }
        assertThat(seen).contains("/vendor/preact.js", "/vendor/hooks.js", "/vendor/lightweight-charts.js");
    }

    @Test
    void the_page_has_no_inline_script_and_no_inline_style() {
        String page = text("/");
        assertThat(page.replaceAll("<script type=\"module\" src=\"app.js\"></script>", ""))
                .doesNotContain("<script")
                .doesNotContain("style=")
                .doesNotContain(" on");
    }

    @Test
    void no_file_of_the_page_asks_another_machine() {
        for (String path : List.of("/", "/app.js", "/style.css", "/connection.js", "/lib.js")) {
            assertThat(text(path).replace("https://www.tradingview.com/", ""))
                    .as(path)
                    .doesNotContain("https://")
                    .doesNotContain("//cdn");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/../Assets.class",
                "/vendor/../../Main.class",
                "/%2e%2e/x.js",
                "/nothing.js",
                "/package-info.class",
                "//etc/passwd",
                "/vendor/"
            })
    void nothing_else_is_served(String path) {
        assertThat(assets.find(path)).isNull();
    }

    @Test
    void the_charts_come_with_licence_and_notice() {
        assertThat(text("/vendor/lightweight-charts.LICENSE.txt")).contains("Apache License");
        assertThat(text("/vendor/NOTICE.txt")).contains("TradingView", "https://www.tradingview.com/");
        assertThat(text("/app.js")).contains("TradingView Lightweight Charts", "https://www.tradingview.com/");
    }
}
