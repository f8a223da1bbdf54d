package papertape.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;
import papertape.cli.Main;
import papertape.common.config.Config;
import papertape.common.config.ConfigReader;
import papertape.common.message.Channel;
import papertape.common.message.Execution;
import papertape.common.message.Header;
import papertape.common.message.LastFill;
import papertape.common.message.OrderProgress;
import papertape.common.message.OrderRef;
import papertape.common.value.AccountId;
import papertape.common.value.ExecType;
import papertape.common.value.Instrument;
import papertape.common.value.MessageId;
import papertape.common.value.OrdStatus;
import papertape.common.value.OrderId;
import papertape.common.value.Price;
import papertape.common.value.Side;
import papertape.look.trade.ExecutionText;
import papertape.look.trade.OrderTicket;

/** Wrong arguments are refused with what is accepted, before anything is asked of a stack; exit code 2. */
final class ArgumentsTest {
    private record Said(int code, String text) {}

    @Test
    void anUnknownSideIsRefusedWithThoseThatAreAccepted() {
        assertRefused("\"bye\" (accepted: buy, sell)", "order", "bye", "1", "SIM:BTC-USD");
    }

    @Test
    void anUnknownTimeInForceIsRefusedWithThoseThatAreAccepted() {
        assertRefused(
                "\"soon\" (accepted: gtc, day, ioc, fok, gtd)", "order", "buy", "1", "SIM:BTC-USD", "--tif", "soon");
    }

    @Test
    void numbersAndInstrumentsThatAreNoneAreRefused() {
        assertRefused("abc", "order", "buy", "abc", "SIM:BTC-USD");
        assertRefused("accepted: VENUE:SYMBOL", "order", "buy", "1", "BTC");
        assertRefused("1e5", "order", "buy", "1", "SIM:BTC-USD", "--limit", "1e5");
        assertRefused("ten", "account", "deposit", "demo", "ten");
    }

    @Test
    void aSymbolWithoutItsVenueIsAnsweredWithTheInstrumentsThatHaveIt() {
        assertRefused("\"BTC-USD\" has no venue; did you mean SIM:BTC-USD or ", "order", "buy", "1", "BTC-USD");
        assertRefused("did you mean SIM:BTC-USD or ", "order", "buy", "1", "btcusd");
        assertRefused("\"NOTHING\" has no venue (accepted: VENUE:SYMBOL", "order", "buy", "1", "NOTHING");
    }

    @Test
    void upperAndLowerCaseAreAlikeInWhatIsTyped() {
        Config config = ConfigReader.defaults(Map.of());

        assertThat(new AskedInstrument("sim:btc-usd").in(config, "sim")).isEqualTo(Instrument.of("SIM:BTC-USD"));
        assertThat(new AskedInstrument("SIM:New").in(config, "sim")).isEqualTo(Instrument.of("SIM:New"));
        assertThatThrownBy(() -> new AskedInstrument("btc-usd").in(config, "coinbase"))
                .hasMessageContaining("did you mean COINBASE:BTC-USD or ");
        assertThat(TailCommand.channel("TICKS")).isEqualTo(Channel.TICKS);
        assertThat(Moments.micros("+5M", 0)).isEqualTo(300_000_000L);
        assertRefused("accepted: gtc", "ORDER", "BUY", "1", "SIM:BTC-USD", "--TIF", "soon");
        assertRefused(
                "needs at least 2 feed workers", "up", "--redundant-feed", "--feed", "SIM", "--workers", "FEED=1");
    }

    /** As in case 41: each command finds the database of a URL, or says why it cannot. */
    @Test
    void aRedisUrlThatIsNotSupportedIsRefused() {
        assertRefused("a Redis URL whose path is \"/three\"", "status", "--redis", "redis://:hunter2@h/three");
        assertRefused("parameters (? or #) is not supported", "status", "--redis", "redis://h?db=3");
    }

    @Test
    void aStopLimitThatItsStopDoesNotReachIsQuestioned() {
        assertRefused(
                "a buy whose limit 100 is below its stop 110 cannot fill",
                "order",
                "buy",
                "1",
                "SIM:BTC-USD",
                "--stop",
                "110",
                "--limit",
                "100");
        assertRefused(
                "a sell whose limit 110 is above its stop 100 cannot fill",
                "order",
                "sell",
                "1",
                "SIM:BTC-USD",
                "--stop",
                "100",
                "--limit",
                "110");
        OrderTicket.checkReachable(Side.BUY, Price.of("110"), Price.of("110"));
        OrderTicket.checkReachable(Side.BUY, Price.of("111"), Price.of("110"));
        OrderTicket.checkReachable(Side.SELL, Price.of("109"), Price.of("110"));
        OrderTicket.checkReachable(Side.SELL, Price.of("120"), null);
    }

    @Test
    void timesInReasonsAreShownAsTimes() {
        assertThat(ExecutionText.text("rule=11 end=1795451400000000"))
                .isEqualTo("rule=11 end=2026-11-23 16:30:00.000000");
        assertThat(ExecutionText.text("value=1795451400000000 end=17954514000000001 end=5"))
                .isEqualTo("value=1795451400000000 end=17954514000000001 end=5");
    }

    @Test
    void a_refusal_about_an_unknown_order_is_shown_without_terms() {
        Execution refusal = new Execution(
                new Header(MessageId.of("execution.3-1"), 1_795_451_400_000_000L, null, 1),
                new OrderRef(OrderId.of("o-9"), AccountId.of("demo"), null, Instrument.of("SIM:BTC-USD")),
                null,
                OrderProgress.none(ExecType.CANCEL_REJECTED, OrdStatus.REJECTED),
                LastFill.NONE,
                "unknown order");

        assertThat(ExecutionText.line(refusal, "USD"))
                .isEqualTo("2026-11-23 16:30:00.000000  cancel_rejected  o-9  rejected cum 0 leaves 0  unknown order");
    }

    @Test
    void pricesThatNoOrderHasTogetherAreRefused() {
        assertRefused("exclude each other", "order", "sell", "1", "S:X", "--trail", "1", "--trail-percent", "2");
        assertRefused("neither --limit nor --stop", "order", "sell", "1", "S:X", "--trail", "1", "--limit", "2");
        assertRefused("needs --expire", "order", "sell", "1", "S:X", "--limit", "2", "--tif", "gtd");
        assertRefused("not day", "order", "sell", "1", "S:X", "--limit", "2", "--tif", "day", "--expire", "+1m");
    }

    @Test
    void aRedundantFeedNeedsAWorkerForEachLine() {
        assertRefused("needs at least 2 feed workers", "up", "--redundant-feed", "--workers", "feed=1");
        assertRefused("a recording is one line", "up", "--redundant-feed", "--feed", "replay:any.tsv");
    }

    @Test
    void aReplaceThatReplacesNothingIsRefused() {
        assertRefused("accepted: --qty, --limit, --stop", "replace", "a1");
    }

    @Test
    void accountNamesItsCommands() {
        assertRefused("accepted: ", "account");
        assertThat(run("account").text()).contains("deposit").contains("withdraw");
    }

    @Test
    void anUnknownCommandIsAnsweredWithThoseThatThereAre() {
        assertRefused("unknown command: foo (accepted: up, down, status, scale, tail, deadletter, account, ", "foo");
        assertRefused("unknown command: foo (accepted: ", "account", "foo");
        assertThat(run("account", "foo").text()).contains("deposit", "withdraw").doesNotContain("deadletter");
        assertRefused("Unknown option: '--foo'", "--foo");
    }

    @Test
    void momentsAreUtcOrFromNowOn() {
        assertThat(Moments.micros("2026-11-23T16:30:00Z", 0)).isEqualTo(1_795_451_400_000_000L);
        assertThat(Moments.micros("+90s", 5)).isEqualTo(90_000_005L);
        assertThat(Moments.micros("+5m", 0)).isEqualTo(300_000_000L);
        assertThat(Moments.micros("+2h", 0)).isEqualTo(7_200_000_000L);
        assertThat(Moments.micros("+1d", 0)).isEqualTo(86_400_000_000L);
        for (String wrong : new String[] {"", "+", "+5", "+5w", "tomorrow", "2026-11-23", "+99999999999999999d"}) {
            assertThatThrownBy(() -> Moments.micros(wrong, 0))
                    .as(wrong)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("accepted: ");
        }
    }

    @Test
    void aGridsColumnsAreAsWideAsTheirWidestCell() {
        Grid grid = new Grid("a", "b", "c");
        grid.add("long", 1, "");
        grid.add("x", "wide", "end");

        assertThat(grid.toString()).isEqualTo("a     b     c\nlong  1\nx     wide  end\n");
    }

    private static void assertRefused(String reason, String... words) {
        Said said = run(words);
        assertThat(said.text()).contains(reason);
        assertThat(said.code()).as(said.text()).isEqualTo(2);
    }

    private static Said run(String... words) {
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(text);
        int code = Main.commandLine().setOut(out).setErr(out).execute(words);
        out.flush();
        return new Said(code, text.toString());
    }
}
