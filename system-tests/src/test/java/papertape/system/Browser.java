package papertape.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A headless Chromium of this machine. */
final class Browser implements AutoCloseable {
    private static final String AXE = "4.6.3";
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final ChromeDriver driver;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    private static Optional<Path> program(String variable, String... names) {
        return Stream.concat(
                        Stream.ofNullable(System.getenv(variable)),
                        Stream.of(names).map(name -> "/usr/bin/" + name))
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Skips the test, saying so, where the machine has none. */
    static Browser open() {
        Optional<Path> browser = program("CHROME", "chromium", "chromium-browser", "google-chrome");
        Optional<Path> driver = program("CHROMEDRIVER", "chromedriver");
        assumeTrue(
                browser.isPresent() && driver.isPresent(),
                "SKIPPED: no Chromium with chromedriver on this machine (apt-get install chromium chromium-driver)");
        ChromeOptions options = new ChromeOptions();
        options.setBinary(browser.orElseThrow().toFile());
        options.addArguments(
                "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars");
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(driver.orElseThrow().toFile())
                .usingAnyFreePort()
                .build();
        Browser opened = new Browser(new ChromeDriver(service, options));
        opened.size(1440, 900);
        return opened;
    }

    void size(int width, int height) {
        // of the page, whatever the window's frame takes
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 500));
    }

    /** Opens a page; waits where its server has just been started and does not listen yet. */
    void go(String url) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                driver.get(url);
                return;
            } catch (WebDriverException e) {
                if (System.nanoTime() > deadline) {
                    throw e;
                }
                pause(200);
            }
        }
    }

    /** Another view, as a click on its name opens it. */
    void view(String name) {
        await(By.linkText(name)).click();
        await(By.cssSelector("nav a[aria-current=page]"), name);
    }

    void theme(String name) {
        driver.executeScript("localStorage.setItem('papertape.theme', arguments[0])", name);
        driver.navigate().refresh();
    }

    WebElement await(By what) {
        return await(what, "");
    }

    /** Waits for something that is shown and has the text. */
    WebElement await(By what, String text) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        String seen = "nothing";
        while (System.nanoTime() < deadline) {
            try {
                for (WebElement each : driver.findElements(what)) {
                    seen = each.getText();
                    if (each.isDisplayed() && seen.contains(text)) {
                        return each;
                    }
                }
            } catch (StaleElementReferenceException e) {
                seen = "it has just been drawn again";
            }
            pause(50);
        }
        throw new AssertionError("not shown within " + PATIENCE + ": " + what + " with \"" + text + "\"; seen: " + seen
                + "\npage: " + text());
    }

    /** Clicks although the page draws the thing again at any moment. */
    void click(By what) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                await(what).click();
                return;
            } catch (WebDriverException e) {
                if (System.nanoTime() > deadline) {
                    throw e;
                }
                pause(50);
            }
        }
    }

    void type(By field, String text) {
        WebElement found = await(field);
        found.clear();
        found.sendKeys(text);
    }

    void choose(By select, String value) {
        WebElement found = await(select);
        driver.executeScript(
                "arguments[0].value = arguments[1]; arguments[0].dispatchEvent(new Event('change', {bubbles: true}))",
                found,
                value);
    }

    String text() {
        return driver.findElement(By.tagName("body")).getText();
    }

    @Nullable
    Object script(String text, Object... arguments) {
        return driver.executeScript(text, arguments);
    }

    /** What the page has complained of; a request that finds nobody while a process is down is no fault of the page. */
    List<String> complaints() {
        List<String> found = new ArrayList<>();
        for (LogEntry entry : driver.manage().logs().get(LogType.BROWSER)) {
            boolean isOutage = entry.getMessage().contains("net::ERR_")
                    || entry.getMessage().contains("status of 503");
            // advice of the browser about how charts read their own canvas
            isOutage |= entry.getMessage().startsWith("rendering ");
            if (!isOutage && entry.getLevel().intValue() >= Level.WARNING.intValue()) {
                found.add(entry.getMessage());
            }
        }
        return found;
    }

    /** Serious and critical issues that axe-core finds. */
    List<String> issues() throws IOException {
        try (InputStream in =
                Browser.class.getResourceAsStream("/META-INF/resources/webjars/axe-core/" + AXE + "/axe.min.js")) {
            assertThat(in).isNotNull();
            driver.executeScript(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
        Object found = driver.executeAsyncScript("""
                const done = arguments[arguments.length - 1];
                axe.run(document, {resultTypes: ['violations']}).then(result => done(result.violations
                    .filter(v => v.impact === 'serious' || v.impact === 'critical')
                    .map(v => v.id + ': ' + v.help + ': ' + v.nodes.slice(0, 5).map(n => n.target + ' ' + n.html.slice(0, 120) + ' ' + n.failureSummary).join(' | '))),
                    e => done(['axe failed: ' + e]));
                """);
        List<String> issues = new ArrayList<>();
        for (Object each : (List<?>) found) {
            issues.add(String.valueOf(each));
        }
        return issues;
    }

    void screenshot(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
    }

    static void pause(long ms) {
        try {
            Thread.sleep(ms);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        driver.quit();
    }
}
