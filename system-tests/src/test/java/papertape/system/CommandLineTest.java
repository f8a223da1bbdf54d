package papertape.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import papertape.common.bus.Redis;
import papertape.common.json.MessageCodec;
import papertape.common.message.Channel;
import papertape.common.message.Execution;
import papertape.common.message.Mark;
import papertape.common.message.Message;
import papertape.common.value.ExecType;
import papertape.common.value.OrderId;
import papertape.system.TradingStack.Said;

/** Orders, accounts and the kill switch from the command line, on real processes. */
final class CommandLineTest {
    private static final String BTC = "SIM:BTC-USD";
    private static final int OK = 0;
    private static final int REFUSED = 1;
    private static final int WRONG = 2;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    @Test
    void ordersAccountsAndTheKillSwitchDoAndSayWhatTheRuleBookSays() throws Exception {
        long now = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
        try (TradingStack stack = TradingStack.start(folder, 7, 300, now, "")) {
            await(stack);
            placesAndExplains(stack);
            deniesBeyondEachOfFiveLimits(stack);
            refusesWrongArguments(stack);
            movesMoney(stack);
            haltsAndStaysHalted(stack);
            reports(stack);
        }
    }

    private static void placesAndExplains(TradingStack stack) {
        Said bracket = stack.run(
                "order",
                "buy",
                "0.01",
                BTC,
                "--tif",
                "gtc",
                "--id",
                "b",
                "--take-profit",
                px(stack, "1.05"),
                "--stop-loss",
                px(stack, "0.95"));
        assertThat(bracket.code()).as(bracket.text()).isEqualTo(OK);
        Said stopLimit = stack.run(
                "order",
                "buy",
                "0.01",
                BTC,
                "--stop",
                px(stack, "1.04"),
                "--limit",
                px(stack, "1.05"),
                "--expire",
                "+1d",
                "--id",
                "s");
        assertThat(stopLimit.code()).as(stopLimit.text()).isEqualTo(OK);
        Said tooLarge = stack.run(
                "order",
                "buy",
                "0.4",
                BTC,
                "--limit",
                px(stack, "1.0001"),
                "--tif",
                "ioc",
                "--account",
                "beta",
                "--id",
                "i");
        assertThat(tooLarge.text())
                .contains("canceled", "rule=11 ioc canceled=")
                .doesNotContain("filled cum 0.4 ");
        assertThat(tooLarge.code()).as(tooLarge.text()).isEqualTo(OK);

        assertThat(stack.run("orders").text()).contains("b-tp", "b-sl", "stop not reached: last trade", "3 open");
        assertThat(stack.run("orders").text().lines().filter(line -> line.contains(" gtd ")))
                .singleElement()
                .asString()
                .containsPattern("gtd +20\\d\\d-\\d\\d-\\d\\d \\d\\d:\\d\\d:");
        assertThat(stack.run("orders", "--json").text().lines())
                .hasSize(3)
                .filteredOn(line -> line.contains("\"orderId\":\"s\""))
                .singleElement()
                .asString()
                .containsPattern("\"endTs\":\"?\\d{16}");
        assertThat(stack.run("explain", "s").text()).contains("now: stop not reached: last trade");
        assertThat(stack.run("explain", "b").text()).contains("protection=", "now: filled: rule=2");
        assertThat(stack.run("explain", "i").text()).contains("of account beta", "now: canceled: rule=11 ioc");
        assertThat(stack.run("explain", "nobodys").code()).isEqualTo(REFUSED);

        assertThat(stack.run("replace", "s", "--qty", "0.02").text()).contains("replaced", "rule=8 keeps its place");
        assertThat(stack.run("cancel", "s").text()).contains("canceled by request");
        Said late = stack.run("cancel", "b");
        assertThat(late.text()).contains("cancel_rejected", "too late: filled");
        assertThat(late.code()).isEqualTo(REFUSED);
    }

    private static void deniesBeyondEachOfFiveLimits(TradingStack stack) {
        denied(stack, "check=notional limit=to 25000", "order", "buy", "1", BTC, "--limit", px(stack, "0.99"));
        denied(stack, "check=price_collar limit=10%", "order", "buy", "0.01", BTC, "--limit", px(stack, "0.8"));
        denied(stack, "check=quantity limit=lot 0.0001", "order", "buy", "0.00015", BTC, "--limit", px(stack, "0.99"));
        denied(stack, "check=long_position", "order", "sell", "0.1", BTC, "--limit", px(stack, "1.05"));
        assertThat(stack.run("account", "limits", "alpha", "maxOpenOrders=2").code())
                .isEqualTo(OK);
        denied(stack, "check=open_orders limit=2", "order", "buy", "0.01", BTC, "--limit", px(stack, "0.95"));
        assertThat(stack.run("account", "limits", "alpha", "maxOpenOrders=500").code())
                .isEqualTo(OK);
    }

    private static void denied(TradingStack stack, String reason, String... words) {
        Said said = stack.run(words);
        assertThat(said.text()).contains("denied", reason, "value=");
        assertThat(said.code()).isEqualTo(REFUSED);
    }

    private static void refusesWrongArguments(TradingStack stack) {
        wrong(stack, "accepted: buy, sell", "order", "bye", "1", BTC);
        wrong(stack, "accepted: gtc, day, ioc, fok, gtd", "order", "buy", "1", BTC, "--tif", "soon");
        wrong(stack, "accepted: VENUE:SYMBOL", "order", "buy", "1", "BTC");
        wrong(stack, "--expire TIME", "order", "buy", "1", BTC, "--limit", "1", "--tif", "gtd");
        wrong(stack, "accepted: --qty, --limit, --stop", "replace", "b");
        wrong(stack, "did you mean SIM:BTC-USD?", "order", "buy", "1", "BTC-USD");
        Said unknown = stack.run("order", "buy", "0.001", BTC, "--account", "nosuch");
        assertThat(unknown.text()).contains("unknown account nosuch (open: alpha, beta)");
        assertThat(unknown.code()).isEqualTo(REFUSED);
        assertThat(stack.run("account", "deposit", "nosuch", "1").text()).contains("unknown account nosuch (open: ");
        assertThat(stack.run("halt", "nosuch").text()).contains("unknown account nosuch (open: ");
        assertThat(stack.run("account", "show", "<script>").code()).isEqualTo(WRONG);
        Said typed = stack.run("ORDER", "BUY", "0.001", "sim:btc-usd", "--account", "BETA", "--id", "typed");
        assertThat(typed.text()).contains("typed  buy 0.001 SIM:BTC-USD", " USD");
        assertThat(typed.code()).as(typed.text()).isEqualTo(OK);
    }

    private static void wrong(TradingStack stack, String accepted, String... words) {
        Said said = stack.run(words);
        assertThat(said.text()).contains(accepted);
        assertThat(said.code()).as(said.text()).isEqualTo(WRONG);
    }

    private static void movesMoney(TradingStack stack) {
        assertThat(stack.run("account", "open", "gamma", "--deposit", "500").text())
                .contains("gamma  opened 500 USD");
        assertThat(stack.run("account", "open", "gamma").code()).isEqualTo(REFUSED);
        assertThat(stack.run("account", "deposit", "gamma", "250.5").text()).contains("cash=750.5");
        assertThat(stack.run("account", "withdraw", "gamma", "1000").text())
                .contains("refused", "available=750.5", "asked=1000");
        assertThat(stack.run("account", "withdraw", "gamma", "0.5").text()).contains("cash=750");
        assertThat(stack.run("account", "limits", "gamma", "maxWishes=3").text())
                .contains("unknown limit maxWishes (accepted: maxRepeats, minNotional");
        assertThat(stack.run("account", "list").text()).contains("alpha", "beta", "gamma");
        assertThat(stack.run("account", "show", "gamma").text()).contains("750.00 USD", "maxNotional");
        assertThat(stack.run("positions").text()).contains(BTC);
    }

    private static void haltsAndStaysHalted(TradingStack stack) throws Exception {
        long slowest = 0;
        for (int i = 0; i < 20; i++) {
            long began = System.nanoTime();
            Said said = stack.run(
                    "order",
                    "buy",
                    "0.000" + (1 + i % 9),
                    BTC,
                    "--limit",
                    px(stack, "0.9" + (3 + i % 6)),
                    "--id",
                    "h" + i);
            assertThat(said.code()).as(said.text()).isEqualTo(OK);
            slowest = Math.max(slowest, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
        }
        assertThat(stack.run("orders").text()).contains("22 open");
        long asked = System.nanoTime();
        Said halt = stack.run("halt");
        long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - asked);
        assertThat(halt.code()).as(halt.text()).isEqualTo(OK);
        assertThat(halt.text()).contains("alpha  halted", "beta  halted", "gamma  halted", "no order is open");
        // on a machine so busy that a single order takes longer, no longer than two orders
        assertThat(took).as("milliseconds until all were canceled").isLessThan(Math.max(1_000, 2 * slowest));
        assertThat(canceled(stack)).hasSize(23);
        denied(stack, "check=trading_state limit=active", "order", "buy", "0.001", BTC, "--account", "beta");

        stack.restart();
        await(stack);
        denied(stack, "check=trading_state limit=active", "order", "buy", "0.001", BTC, "--account", "beta");
        assertThat(stack.run("account", "open", "delta").text()).contains("delta  opened");
        denied(stack, "check=trading_state limit=active", "order", "buy", "0.001", BTC, "--account", "delta");
        assertThat(stack.run("resume").text()).contains("alpha  resumed");
        assertThat(stack.run("resume").code()).isEqualTo(REFUSED);
        Said again = stack.run("order", "buy", "0.001", BTC, "--account", "beta");
        assertThat(again.code()).as(again.text()).isEqualTo(OK);
    }

    private static List<OrderId> canceled(TradingStack stack) {
        return stack.messages(Channel.EXECUTIONS).stream()
                .filter(Execution.class::isInstance)
                .map(Execution.class::cast)
                .filter(execution -> execution.account().value().equals("alpha"))
                .filter(execution -> execution.execType() == ExecType.CANCELED)
                .map(Execution::orderId)
                .toList();
    }

    private void reports(TradingStack stack) throws Exception {
        Path page = folder.resolve("alpha.html");
        assertThat(stack.run("report", "--account", "alpha", "--out", page.toString())
                        .code())
                .isEqualTo(OK);
        assertThat(Files.readString(page)).contains("<h1>alpha</h1>", BTC, "var uPlot=function");
    }

    /** The mark times a factor, on the tick. */
    private static String px(TradingStack stack, String factor) {
        Mark mark = mark(stack);
        return mark.price()
                .value()
                .multiply(new BigDecimal(factor))
                .setScale(2, RoundingMode.HALF_EVEN)
                .toPlainString();
    }

    private static Mark mark(TradingStack stack) {
        byte[] text = stack.bus()
                .redis()
                .rawHash(stack.bus().keys().last(Channel.MARKS))
                .get(BTC);
        Message message = new MessageCodec().decode(Redis.text(text));
        return (Mark) message;
    }

    /** Waits for fresh market data and open accounts. */
    private static void await(TradingStack stack) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(180);
        long first = 0;
        while (stack.books().accounts().size() < 2 || first == 0 || mark(stack).ts() < first + 500_000) {
            assertThat(System.nanoTime()).as("market data and accounts in time").isLessThan(deadline);
            boolean isMarked = stack.bus()
                    .redis()
                    .rawHash(stack.bus().keys().last(Channel.MARKS))
                    .containsKey(BTC);
            first = first == 0 && isMarked ? mark(stack).ts() : first;
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }
}
