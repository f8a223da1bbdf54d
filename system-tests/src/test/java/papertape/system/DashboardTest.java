package papertape.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import papertape.cli.stack.Home;
import papertape.cli.stack.Stack;
import papertape.cli.stack.StackOptions;
import papertape.common.bus.Bus;
import papertape.common.bus.Keys;
import papertape.common.bus.Redis;
import papertape.common.message.Channel;

/** The dashboard in a real browser, on a real stack that trades by itself. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DashboardTest {
    private Path folder;

    private final AtomicBoolean isHealing = new AtomicBoolean(true);
    private Browser browser;
    private Stack stack;
    private Thread healer;

    @BeforeAll
    void start(@TempDir Path temporary) throws IOException {
        folder = temporary;
        browser = Browser.open();
        stack = Stack.start(
                new Home(folder),
                new StackOptions(
                        "sim",
                        "",
                        "",
                        Map.of(),
                        "",
                        "",
                        List.of(),
                        Map.of(StackOptions.WITH_DASHBOARD, "true", "PAPERTAPE_BUS_LEASE_MS", "1500"),
                        true),
                System.out::println);
        healer = Thread.ofPlatform().daemon().start(this::heal);
        browser.go(stack.dashboardUrl());
        browser.await(By.id("connection"), "live");
    }

    private void heal() {
        while (isHealing.get()) {
            try {
                stack.heal();
            } catch (IOException e) {
                System.out.println(e.getMessage());
            }
            Browser.pause(200);
        }
    }

    @AfterAll
    void stop() throws InterruptedException {
        isHealing.set(false);
        if (healer != null) {
            healer.join();
        }
        if (stack != null) {
            stack.close();
        }
        if (browser != null) {
            browser.close();
        }
    }

    private void noComplaints() {
        assertThat(browser.complaints()).isEmpty();
    }

    private void kill(String process) {
        long pid = stack.pids().getOrDefault(process, -1L);
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
    }

    @Test
    void an_account_is_halted_after_one_question_and_resumed() {
        browser.view("Overview");
        String row = "//section[@id='accounts']//tr[td/b[text()='demo']]";
        browser.click(By.xpath(row + "//button[text()='Halt']"));
        browser.click(By.xpath("//dialog//button[text()='Cancel']"));
        assertThat(browser.await(By.xpath(row)).getText()).contains("open");
        browser.click(By.xpath(row + "//button[text()='Halt']"));
        browser.click(By.xpath("//dialog//button[text()='Halt']"));
        browser.await(By.xpath(row), "halted");
        assertThat(TradingStack.run(folder, "account", "list").text()).contains("by hand, on the dashboard");
        browser.click(By.xpath(row + "//button[text()='Resume']"));
        browser.click(By.xpath("//dialog//button[text()='Resume']"));
        browser.await(By.xpath(row), "open");
        noComplaints();
    }

    @Test
    void a_dashboard_that_is_killed_changes_nothing_and_its_page_comes_back_by_itself() throws InterruptedException {
        browser.view("Overview");
        long before = published();
        kill("dashboard");
        browser.await(By.cssSelector("[role=alert].banner"), "connection to the dashboard is lost");
        browser.await(By.id("connection"), "live");
        browser.await(By.cssSelector("[role=status].banner"), "everything runs");
        TimeUnit.MILLISECONDS.sleep(500);
        assertThat(published()).isGreaterThan(before);
        assertThat(TradingStack.run(folder, "status").code()).isZero();
        noComplaints();
    }

    private long published() {
        try (Redis redis = Redis.connect(stack.redisSettings(), "papertape-test")) {
            return new Bus(redis, Keys.of(stack.config().bus().namespace()))
                    .numbered().withoutClocks().values().stream()
                            .mapToLong(Long::longValue)
                            .sum();
        }
    }

    @Test
    void it_registers_no_consumer_and_owns_no_task() {
        try (Redis redis = Redis.connect(stack.redisSettings(), "papertape-test")) {
            Bus bus = new Bus(redis, Keys.of(stack.config().bus().namespace()));
            for (Channel channel : Channel.values()) {
                assertThat(bus.consumers(channel)).as(channel.text()).doesNotContain("dashboard");
            }
            assertThat(bus.workers("dashboard")).isEmpty();
            assertThat(bus.owners("dashboard", stack.config().bus().partitions()))
                    .allMatch(String::isEmpty);
        }
    }

    @Test
    void without_its_token_it_answers_nothing_and_the_token_is_in_no_log() throws Exception {
        String address = stack.dashboardUrl().replaceAll("/#.*", "");
        String token = stack.dashboardUrl().replaceAll(".*token=", "");
        assertThat(status(address + "/api/orders", "")).isEqualTo(401);
        assertThat(status(address + "/api/stream?topics=status", token + "x")).isEqualTo(401);
        assertThat(status(address + "/api/orders", token)).isEqualTo(200);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("credentials"))))
                .isEqualTo("rw-------");
        List<Path> logs = new ArrayList<>();
        try (var files = Files.walk(folder.resolve("logs"))) {
            files.filter(Files::isRegularFile).forEach(logs::add);
        }
        assertThat(logs).hasSizeGreaterThan(8);
        for (Path log : logs) {
            assertThat(Files.readString(log)).as(log.toString()).doesNotContain(token);
        }
    }

    private static int status(String url, String token) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                    .header("X-Papertape-Token", token)
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
        }
    }
}
