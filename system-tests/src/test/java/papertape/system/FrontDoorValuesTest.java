package papertape.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import papertape.common.config.Config;
import papertape.common.config.ConfigReader;
import papertape.common.json.CodecException;
import papertape.common.json.MessageCodec;
import papertape.common.message.Account;
import papertape.common.message.Book;
import papertape.common.message.Channel;
import papertape.common.message.Execution;
import papertape.common.message.FeedStatus;
import papertape.common.message.Header;
import papertape.common.message.Mark;
import papertape.common.message.Message;
import papertape.common.message.OrderRequest;
import papertape.common.message.Signal;
import papertape.common.message.Trade;
import papertape.common.stage.Stage;
import papertape.common.testkit.StageTester;
import papertape.common.testkit.StageTester.Sent;
import papertape.common.value.ExecType;
import papertape.common.value.FeedState;
import papertape.common.value.Instrument;
import papertape.common.value.Level;
import papertape.common.value.MessageId;
import papertape.common.value.Price;
import papertape.common.value.Qty;
import papertape.common.value.Side;
import papertape.common.value.TradeId;
import papertape.execution.ExecutionStage;
import papertape.order.OrderStage;
import papertape.persistence.RowsUnderTest;
import papertape.pnl.PnlUnderTest;
import papertape.risk.RiskStage;

/**
 * Every field of every message of the front door through its boundary values and 100,000 random ones: whatever is read and
 * approved, execution, profit and loss and the database's rows can process, and no order's handling fails.
 */
class FrontDoorValuesTest {
    private static final long SEED = 20_260_112;
    private static final int MESSAGES = 100_000;
    private static final Instrument BTC = Instrument.of("SIM:BTC-USD");
    private static final String[] NUMBERS = {
        "0",
        "-0",
        "-1",
        "1",
        "2.5",
        "0.001",
        "0.1",
        "95",
        "99.9",
        "100",
        "100.1",
        "105",
        "110",
        "1000",
        "0.05",
        "0.000000000000000001",
        "0.0000000000000000001",
        "0.33333333333333333333333333333333333",
        "1000000000000000",
        "99999999999999999999",
        "99999999999999999999.999999999999999999",
        "-99999999999999999999.999999999999999999",
        "100000000000000000000",
        "0.00000000000000000000000000000000000001",
        "9999999999999999999999999999999999999999",
        "0.333333333333333333",
        "33.333333333333333333",
        "99.999999999999999999",
        "1e5",
        "NaN",
        "",
        "00012",
        "1.50"
    };
    private static final String[] LONGS = {
        "0",
        "-1",
        "1",
        "9223372036854775807",
        "-9223372036854775808",
        "9223372036854775808",
        "1767621600000",
        "253402300799999999",
        "253402300800000000",
        "1.5",
        "null"
    };

    @TempDir
    Path folder;

    private final Random random = new Random(SEED);
    private final MessageCodec codec = new MessageCodec();
    private final RowsUnderTest rows = new RowsUnderTest();
    private final List<String> faults = new ArrayList<>();
    private long now = 1_767_621_600_000_000L;
    private int read;
    private int approved;
    private int fills;
    private int sent;

    @Test
    void a_number_that_no_table_holds_is_noticed() {
        Price tooFine = new Price(new BigDecimal("0.0000000000000000001"));
        Header header = new Header(MessageId.of("t-1"), now, null, now);
        check(Channel.TICKS, new Trade(header, BTC, tooFine, Qty.of("1"), null, TradeId.of("t"), 0));
        assertThat(faults).hasSize(2);
    }

    @Test
    void whatever_is_approved_every_later_stage_can_process() throws IOException {
        Path file = Files.writeString(folder.resolve("mine.yaml"), """
                instruments:
                  - {name: "SIM:BTC-USD", tick: 0.1, lot: 0.001, minQty: 0.001, maxQty: 1000000000000000, base: BTC, quote: USD}
                strategies: []
                rates: {EUR/USD: 1.234567890123456789}
                accounts:
                  - {name: a, type: cash, deposit: 100000}
                  - {name: b, type: margin, currency: EUR, deposit: 1000000}
                limits: {maxNotional: 1000000000000000, maxPositionPercent: 100, maxRepeats: 100000,
                  maxSubmitsPerSecond: 100000, maxModifiesPerSecond: 100000, dailyLossHaltPercent: 100,
                  dailyLossReducingPercent: 100, maxDrawdownPercent: 100, maxOrdersPerDay: 1000000}
                """);
        Config config = ConfigReader.read(file, Map.of());
        Stage[] execution = new Stage[1];
        StageTester order = new StageTester("order", context -> new OrderStage(config, context));
        StageTester risk = new StageTester("risk", context -> new RiskStage(config, context));
        StageTester venue = new StageTester("execution", context -> {
            Stage stage = new ExecutionStage(config, context);
            execution[0] = stage;
            return stage;
        });
        StageTester pnl = new StageTester("pnl", PnlUnderTest.factory(config));
        for (int i = 0; i < MESSAGES; i++) {
            now += random.nextInt(20_000);
            if (i % 25 == 0) {
                market(risk, venue, pnl);
            }
            Message message = message(risk);
            if (message != null) {
                read++;
                pass(message, order, risk, venue, pnl);
            }
            assertThat(faults).as("seed %d, message %d: %s", SEED, i, message).isEmpty();
        }
        Map<String, Long> counters = Objects.requireNonNull(execution[0]).counters();
        assertThat(counters).containsEntry("failed_orders", 0L);
        assertThat(read).as("messages that could be read").isGreaterThan(MESSAGES / 10);
        assertThat(approved).as("orders that were approved").isGreaterThan(300);
        assertThat(fills).as("fills").isGreaterThan(100);
    }

    private void market(StageTester risk, StageTester venue, StageTester pnl) {
        Mark mark = new Mark(risk.header(now), BTC, Price.of("100"), "mid", null, null);
        forward(risk.send(mark), risk, venue, pnl);
        pnl.send(mark);
        List<Message> data = List.of(
                new FeedStatus(risk.header(now), BTC, FeedState.LIVE, "test"),
                new Book(
                        risk.header(now),
                        BTC,
                        true,
                        List.of(new Level(Price.of("99.9"), Qty.of("5000000000000.000000000000000001"))),
                        List.of(
                                new Level(Price.of("100.1"), Qty.of("0.000000000000000001")),
                                new Level(Price.of("100.123456789012345678"), Qty.of("7"))),
                        0),
                new Trade(risk.header(now), BTC, Price.of("100"), Qty.of("1.1"), Side.BUY, TradeId.of("t" + now), 0));
        data.forEach(each -> forward(venue.send(each), risk, venue, pnl));
    }

    private void pass(Message message, StageTester order, StageTester risk, StageTester venue, StageTester pnl) {
        if (message instanceof Signal signal) {
            check(Channel.SIGNALS, signal);
            for (Sent each : order.sendOrSkip(signal, Channel.SIGNALS)) {
                check(each.channel(), each.message());
                if (each.message() instanceof OrderRequest request) {
                    forward(risk.send(request), risk, venue, pnl);
                }
            }
            return;
        }
        check(message instanceof Account ? Channel.ACCOUNTS : Channel.ORDERS, message);
        forward(risk.send(message), risk, venue, pnl);
    }

    private void forward(List<Sent> out, StageTester risk, StageTester venue, StageTester pnl) {
        for (Sent each : out) {
            check(each.channel(), each.message());
            if (each.channel() == Channel.APPROVED) {
                approved++;
                forward(venue.send(each.message()), risk, venue, pnl);
            } else if (each.message() instanceof Execution execution) {
                fills += execution.execType() == ExecType.TRADE ? 1 : 0;
                forward(risk.send(execution), risk, venue, pnl);
                pnl.send(execution).forEach(report -> check(report.channel(), report.message()));
            } else if (each.message() instanceof Account account) {
                pnl.send(account).forEach(report -> check(report.channel(), report.message()));
            }
        }
    }

    /** What is sent can be read back and stored. */
    private void check(Channel channel, Message message) {
        try {
            if (!codec.decode(codec.encode(message)).equals(message)) {
                faults.add("not what was sent: " + message);
            }
        } catch (CodecException e) {
            faults.add(e.getMessage() + ": " + message);
        }
        boolean isInTime = message.ts() >= 0 && message.ts() < 253_402_300_800_000_000L;
        if (channel != Channel.DEADLETTER && isInTime && !rows.stores(channel, message)) {
            faults.add("not stored: " + message);
        }
    }

    private @Nullable Message message(StageTester risk) {
        try {
            byte[] text = text().getBytes(java.nio.charset.StandardCharsets.UTF_8);
            return codec.decode(text, 0, text.length, risk.header(now));
        } catch (CodecException e) {
            return null;
        }
    }

    private String text() {
        StringBuilder out = new StringBuilder("{\"type\":\"");
        switch (random.nextInt(10)) {
            case 0 -> signal(out.append("signal\""));
            case 1 -> account(out.append("account\""));
            case 2 -> replace(out.append("replaceOrder\""));
            case 3 -> ids(out.append("cancelOrder\""), sent - random.nextInt(5));
            default -> order(out.append("newOrder\""));
        }
        if (random.nextInt(20) == 0) {
            out.append(",\"ts\":").append(any(LONGS));
        }
        return out.append('}').toString();
    }

    private void ids(StringBuilder out, int number) {
        String exit = random.nextInt(4) == 0 ? "-tp" : "";
        out.append(",\"orderId\":\"o").append(number).append(exit).append("\",\"account\":\"");
        out.append(random.nextInt(3) == 0 ? "b" : "a").append("\",\"instrument\":\"SIM:BTC-USD\"");
    }

    private void order(StringBuilder out) {
        sent++;
        ids(out, sent);
        String type = any("market", "limit", "stop", "stop_limit", "trailing_stop");
        out.append(",\"side\":\"")
                .append(any("buy", "buy", "sell"))
                .append("\",\"ordType\":\"")
                .append(type);
        String tif = any("gtc", "gtc", "ioc", "fok", "day", "gtd");
        out.append("\",\"tif\":\"").append(tif).append('"');
        number(out, "qty", "0.1", "1", "3", "0.001", "50");
        boolean isOdd = random.nextInt(12) == 0;
        if (type.contains("limit") != isOdd) {
            number(out, "limitPx", "99.9", "100", "100.1", "101");
        }
        if (type.startsWith("stop") != isOdd) {
            number(out, "stopPx", "99", "101", "100.5");
        }
        if (type.startsWith("trail") != isOdd) {
            number(out, any("trailAmount", "trailPercent"), "0.5", "1", "33.333333333333333333");
        }
        if (random.nextInt(4) == 0) {
            number(out, "takeProfitPx", "105", "109.9");
            number(out, "stopLossPx", "95", "90.1");
        }
        if (tif.equals("gtd") != isOdd) {
            String end = random.nextBoolean() ? Long.toString(now + 1_000_000) : any(LONGS);
            out.append(",\"expireTs\":").append(end);
        }
        out.append(",\"postOnly\":").append(random.nextInt(8) == 0);
        out.append(",\"reduceOnly\":").append(random.nextInt(8) == 0);
    }

    private void replace(StringBuilder out) {
        ids(out, sent - random.nextInt(5));
        if (random.nextBoolean()) {
            number(out, "qty", "0.1", "2");
        }
        if (random.nextBoolean()) {
            number(out, "limitPx", "99.9", "100", "102");
        }
        if (random.nextInt(4) == 0) {
            number(out, "stopPx", "98", "102");
        }
    }

    private void account(StringBuilder out) {
        String action = any("open", "deposit", "withdraw", "set_limits", "resume", "resume", "halt");
        out.append(",\"account\":\"").append(any("a", "b", "c" + random.nextInt(1_000)));
        out.append("\",\"action\":\"").append(action).append('"');
        if (random.nextInt(4) > 0) {
            number(out, "amount", "1", "1000.5", "0.01");
        }
        if (random.nextInt(3) == 0) {
            out.append(",\"currency\":\"")
                    .append(any("USD", "EUR", "", "x".repeat(17), "\\u0000"))
                    .append('"');
        }
        if (action.equals("set_limits") || random.nextInt(10) == 0) {
            String name = any("maxLeverage", "collarPercent", "marketReservePercent", "nothing");
            out.append(",\"limits\":{\"")
                    .append(name)
                    .append("\":\"")
                    .append(any(NUMBERS))
                    .append("\"}");
        }
    }

    private void signal(StringBuilder out) {
        out.append(",\"strategy\":\"s\",\"account\":\"")
                .append(any("a", "b"))
                .append("\",\"instrument\":\"SIM:BTC-USD\"");
        out.append(",\"direction\":\"")
                .append(any("long", "short", "flat"))
                .append("\",\"reason\":\"r\",\"strength\":");
        out.append(any("0", "1", "0.5", "5e-324", "0.1234567890123456789", "2", "-1"));
        number(out, "price", "100", "99.9");
    }

    private void number(StringBuilder out, String field, String... usual) {
        String value = random.nextInt(6) == 0 ? random.nextBoolean() ? any(NUMBERS) : digits() : any(usual);
        out.append(",\"").append(field).append("\":\"").append(value).append('"');
    }

    private String digits() {
        StringBuilder out = new StringBuilder(random.nextInt(4) == 0 ? "-" : "");
        for (int i = 1 + random.nextInt(22); i > 0; i--) {
            out.append((char) ('0' + random.nextInt(10)));
        }
        int after = random.nextInt(22);
        for (int i = 0; i < after; i++) {
            out.append(i == 0 ? "." : "").append((char) ('0' + random.nextInt(10)));
        }
        return out.toString();
    }

    private String any(String... values) {
        return values[random.nextInt(values.length)];
    }
}
