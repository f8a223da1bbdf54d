package papertape.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import papertape.common.config.ConfigException;
import papertape.common.config.DatabaseSettings;
import papertape.common.config.PersistenceSettings;
import papertape.common.config.Secret;
import papertape.common.message.Channel;
import papertape.common.message.DeadLetter;
import papertape.common.message.Header;
import papertape.common.message.Raw;
import papertape.common.message.Trade;
import papertape.common.runtime.Sink.Delivery;
import papertape.common.value.MessageId;
import papertape.common.value.Price;
import papertape.common.value.Qty;
import papertape.common.value.TradeId;

class QuestDbSinkTest {
    private static final PersistenceSettings ALL = new PersistenceSettings(true, true);

    private static TestDatabase database;

    @BeforeAll
    static void start(@TempDir Path dir) {
        database = new TestDatabase(dir);
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    /** Each test has the tables for itself. */
    private static QuestDbSink emptySink(PersistenceSettings content) throws IOException {
        var http = new QuestDbHttp(database.settings());
        for (Table table : Table.values()) {
            http.execute("DROP TABLE IF EXISTS " + table.text());
        }
        return new QuestDbSink(database.settings(), content);
    }

    private static long rows(Table table) throws Exception {
        return Long.parseLong(
                database.query("SELECT count() FROM " + table.text()).getFirst().getFirst());
    }

    @Test
    void writesEveryTypeToItsTableAndAgainWithoutDuplicates() throws Exception {
        var batch = Deliveries.everyType().list();
        try (QuestDbSink sink = emptySink(ALL)) {
            sink.write(batch);
            sink.write(batch);
        }
        try (QuestDbSink another = new QuestDbSink(database.settings(), ALL)) {
            another.write(batch);
        }
        database.awaitApplied();
        for (Table table : Table.values()) {
            long expected = batch.stream()
                    .filter(delivery -> Table.of(delivery.channel(), delivery.message()) == table)
                    .count();
            assertThat(rows(table)).as(table.text()).isEqualTo(expected);
            assertThat(expected > 0).as(table.text()).isEqualTo(table != Table.UNSTORED);
        }
    }

    @Test
    void keepsEveryDigitOfEveryNumber() throws Exception {
        try (QuestDbSink sink = emptySink(ALL)) {
            sink.write(Deliveries.everyType().list());
        }
        database.awaitApplied();
        assertThat(database.query(
                        "SELECT price, qty, side, cast(ts AS LONG), cast(origin AS LONG), part, seq, id, cause"
                                + " FROM trades"))
                .containsExactly(List.of(
                        "50000.01",
                        "0.00000001",
                        "sell",
                        "1700000000001000",
                        "1700000000001250",
                        "3",
                        "1",
                        "etl.3-1",
                        "feed.3-1"));
        assertThat(database.query("SELECT bid_px, bid_qty, ask_px, ask_qty FROM quotes"))
                .containsExactly(List.of("null", "null", "50001", "3.5"));
        assertThat(database.query("SELECT bids, asks, snapshot FROM books"))
                .containsExactly(List.of("[[\"1.5\",\"2\"],[\"1\",\"0\"]]", "[]", "true"));
        assertThat(database.query("SELECT interval, open, high, low, close, volume, vwap, trades, closed FROM bars"))
                .containsExactly(List.of("1s", "1", "4", "0.5", "2", "10", "0.00001234567890123456", "12", "true"));
        assertThat(database.query("SELECT last_qty, last_px, commission, last_qty * last_px, exec_type, ord_status,"
                        + " strategy, parent_id FROM executions"))
                .containsExactly(List.of(
                        "0.3",
                        "50000.12345678",
                        "15.000037037034",
                        "15000.037037034",
                        "trade",
                        "partially_filled",
                        "cross",
                        "null"));
        assertThat(database.query("SELECT instrument, position, mark, realized, equity, unmarked FROM pnl"))
                .containsExactly(
                        List.of("null", "null", "null", "0", "99997.499962962966", "false"),
                        List.of(
                                "COINBASE:BTC-USD",
                                "-0.3",
                                "null",
                                "-0.000000000000000000000000000000000001",
                                "null",
                                "true"));
    }

    @Test
    void a_refusal_about_an_unknown_order_has_no_value_in_the_columns_of_its_terms() throws Exception {
        try (QuestDbSink sink = emptySink(ALL)) {
            sink.write(new Deliveries().refusal("execution.3-1", "o-9").list());
        }
        database.awaitApplied();
        assertThat(database.query("SELECT side, ord_type, tif, qty, limit_px, exec_type, last_qty, order_id FROM"
                        + " executions"))
                .containsExactly(List.of("null", "null", "null", "null", "null", "cancel_rejected", "0", "o-9"));
    }

    @Test
    void keepsTheFormsOfOrdersAccountsAndTexts() throws Exception {
        try (QuestDbSink sink = emptySink(ALL)) {
            sink.write(Deliveries.everyType().list());
        }
        database.awaitApplied();
        assertThat(database.query("SELECT type, order_id, qty, limit_px, trail_percent, cast(expire_ts AS LONG),"
                        + " post_only, reduce_only, parent_id FROM orders ORDER BY seq"))
                .containsExactly(
                        List.of("newOrder", "o-1", "4", "50001", "null", "null", "true", "false", "null"),
                        List.of("cancelOrder", "o-1", "null", "null", "null", "null", "false", "false", "null"),
                        List.of("replaceOrder", "o-1", "null", "9", "null", "null", "false", "false", "null"),
                        List.of("newOrder", "o-2", "1", "null", "1.5", "1700000060000000", "false", "true", "o-1"));
        assertThat(database.query("SELECT take_profit_px, stop_loss_px FROM orders ORDER BY seq DESC LIMIT 2"))
                .containsExactly(
                        List.of("49000.5", "99999999999999999999.999999999999999999"), List.of("null", "null"));
        assertThat(database.query("SELECT action, event, currency, amount, limits FROM accounts ORDER BY seq"))
                .containsExactly(
                        List.of("null", "opened", "USD", "100000", "null"),
                        List.of("set_limits", "null", "null", "null", "maxLeverage=1 maxOrderNotional=500"));
        assertThat(database.query("SELECT payload, instrument FROM raw ORDER BY seq")
                        .getFirst())
                .containsExactly("{\"type\":\"l2update\",\"text\":\"h\u00e9 \u20ac \\n\"}", "COINBASE:BTC-USD");
        assertThat(database.query("SELECT channel, letter_part, letter_seq, reason FROM dead_letters"))
                .containsExactly(List.of("orders", "5", "42", "qty: \"x\""));
    }

    @Test
    void leavesOutWhatTheSettingsLeaveOut() throws Exception {
        try (QuestDbSink sink = emptySink(new PersistenceSettings(false, false))) {
            sink.write(Deliveries.everyType().list());
        }
        database.awaitApplied();
        assertThat(rows(Table.RAW)).isZero();
        assertThat(rows(Table.BOOKS)).isZero();
        assertThat(rows(Table.TRADES)).isOne();
    }

    private static Trade trade(long ts, String price) {
        return new Trade(
                new Header(MessageId.of("etl.3-8"), ts, null, 5),
                Deliveries.BTC,
                new Price(new BigDecimal(price)),
                Qty.of("1"),
                null,
                TradeId.of("t"),
                0);
    }

    @Test
    void keepsAsTextWhatATableCannotHoldAndGoesOn() throws Exception {
        var batch = List.of(
                new Delivery(Channel.TICKS, 3, 1, trade(Deliveries.START, "0.0000000000000000001")),
                new Delivery(Channel.TICKS, 3, 2, trade(Deliveries.START, "100000000000000000000")),
                new Delivery(Channel.TICKS, 3, 3, trade(-1, "1")),
                new Delivery(Channel.SIGNALS, 3, 1, trade(Deliveries.START, "1")),
                new Delivery(Channel.TICKS, 3, 5, trade(Deliveries.START * 1_000, "1")),
                new Delivery(Channel.TICKS, 3, 4, trade(0, "99999999999999999999.999999999999999999")));
        try (QuestDbSink sink = emptySink(ALL)) {
            sink.write(batch);
            sink.write(batch);
        }
        database.awaitApplied();
        assertThat(database.query("SELECT seq, price FROM trades"))
                .containsExactly(List.of("4", "99999999999999999999.999999999999999999"));
        assertThat(database.query("SELECT channel, seq FROM unstored ORDER BY channel, seq"))
                .containsExactly(
                        List.of("signals", "1"),
                        List.of("ticks", "1"),
                        List.of("ticks", "2"),
                        List.of("ticks", "3"),
                        List.of("ticks", "5"));
        assertThat(database.query("SELECT reason FROM unstored WHERE channel = 'ticks' AND seq = 1")
                        .getFirst()
                        .getFirst())
                .contains("price=0.0000000000000000001");
    }

    @Test
    void takesAnyTimeThatIsNotTheRowsOwn() throws Exception {
        var deliveries = new Deliveries();
        for (long time : List.of(Long.MAX_VALUE, Long.MIN_VALUE, -1L, 0L)) {
            var header = new Header(MessageId.of("feed.3-1"), Deliveries.START, null, time);
            deliveries.add(Channel.RAW, new Raw(header, "SIM", null, "c", time, "{}"));
        }
        try (QuestDbSink sink = emptySink(ALL)) {
            sink.write(deliveries.list());
        }
        database.awaitApplied();
        assertThat(database.query(
                        "SELECT cast(received AS LONG), cast(origin AS LONG) FROM raw WHERE seq > 2" + " ORDER BY seq"))
                .containsExactly(List.of("-1", "-1"), List.of("0", "0"));
        assertThat(rows(Table.RAW)).isEqualTo(4);
    }

    /** Texts come from venues and from anybody at the front door. */
    @Test
    void keepsAnyText() throws Exception {
        var texts = List.of(
                "",
                " ",
                "a b,c=d",
                "line\nline\r\n\ttab",
                "\"quoted\" \\ 'single'",
                "h\u00e9 \u20ac",
                "x".repeat(100_000));
        var deliveries = new Deliveries();
        for (String text : texts) {
            var header = new Header(MessageId.of("risk.3-1"), Deliveries.START, null, 0);
            deliveries.add(Channel.DEADLETTER, new DeadLetter(header, text, -1, 0, text, text));
        }
        var odd = new Header(MessageId.of("risk.3-2"), Deliveries.START, null, 0);
        deliveries.add(Channel.DEADLETTER, new DeadLetter(odd, "\u0000", -1, 0, "\ud83d", "\ud83d\ude80\u0000b"));
        try (QuestDbSink sink = emptySink(ALL)) {
            sink.write(deliveries.list());
            sink.write(deliveries.list());
        }
        database.awaitApplied();
        var rows = database.query("SELECT channel, reason, text FROM dead_letters ORDER BY seq");
        assertThat(rows).hasSize(texts.size() + 1);
        for (int i = 0; i < texts.size(); i++) {
            assertThat(rows.get(i)).containsOnly(texts.get(i));
        }
        assertThat(rows.getLast()).containsExactly("\\u0000", "\\ud83d", "\\ud83d\\ude80\\u0000b");
    }

    @Test
    void writesABatchOfAnySize() throws Exception {
        var deliveries = new Deliveries();
        for (int i = 0; i < 12_345; i++) {
            deliveries.trade("etl.3-" + i, "50000.01", "1.5");
        }
        try (QuestDbSink sink = emptySink(ALL)) {
            sink.write(List.of());
            sink.write(deliveries.list());
        }
        database.awaitApplied();
        assertThat(database.query("SELECT count(), sum(qty), count_distinct(seq), max(seq) FROM trades"))
                .containsExactly(List.of("12345", "18517.5", "12345", "12345"));
    }

    @Test
    void saysSoWhenNoDatabaseIsNamed() {
        var none = new DatabaseSettings("", "", "", Secret.NONE);
        assertThatThrownBy(() -> new QuestDbSink(none, ALL))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("database.url");
    }
}
