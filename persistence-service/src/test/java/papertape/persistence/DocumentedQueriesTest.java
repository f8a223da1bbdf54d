package papertape.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import papertape.common.config.PersistenceSettings;
import papertape.common.message.Channel;
import papertape.common.message.DeadLetter;
import papertape.common.message.Header;
import papertape.common.value.MessageId;
import papertape.common.value.Side;

/** Every query of docs/database.md, as it stands there, on a small day. */
class DocumentedQueriesTest {
    private static TestDatabase database;
    private static Map<String, String> queries;

    @BeforeAll
    static void store(@TempDir Path dir) throws Exception {
        queries = queries(Files.readString(document()));
        database = new TestDatabase(dir);
        var day = new Deliveries()
                .trade("etl.3-1", "100", "1")
                .trade("etl.3-2", "103.5", "2")
                .trade("etl.3-3", "99", "0.5")
                .quote("etl.3-4", "100", "102")
                .signal("signal.3-1", "etl.3-4")
                .order(Channel.ORDERS, "order.3-1", "signal.3-1", "o-1", "4")
                .order(Channel.APPROVED, "risk.3-1", "order.3-1", "o-1", "4")
                .fill("execution.3-1", "o-1", Side.BUY, "3", "102.51", "0.3")
                .fill("execution.3-2", "o-9", Side.SELL, "1", "99", "0.1")
                .pnl("pnl.3-1", "0", "0", "0", "1000", "1000")
                .pnl("pnl.3-2", "0", "-1.5", "0.4", "998.1", "998.1");
        for (int i = 0; i < 2; i++) {
            day.add(
                    Channel.DEADLETTER,
                    new DeadLetter(
                            new Header(MessageId.of("risk.3-" + i), Deliveries.START + i, null, 0),
                            "orders",
                            1,
                            i,
                            "qty",
                            "{}"));
        }
        try (var sink = new QuestDbSink(database.settings(), new PersistenceSettings(true, true))) {
            sink.write(day.list());
        }
        database.awaitApplied();
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    private static Path document() {
        Path dir = Path.of("").toAbsolutePath();
        while (!Files.exists(dir.resolve("docs/database.md"))) {
            dir = dir.getParent();
        }
        return dir.resolve("docs/database.md");
    }

    /** By heading. */
    private static Map<String, String> queries(String document) {
        var found = new TreeMap<String, String>();
        for (String section : document.split("\n### ")) {
            int start = section.indexOf("```sql\n");
            if (start >= 0) {
                String sql = section.substring(start + 7, section.indexOf("```", start + 7));
                found.put(section.substring(0, section.indexOf('\n')), sql);
            }
        }
        return found;
    }

    private static List<List<String>> run(String heading) throws Exception {
        return database.query(queries.get(heading));
    }

    private static List<String> columns(List<String> row, int... indexes) {
        return java.util.Arrays.stream(indexes).mapToObj(row::get).toList();
    }

    @Test
    void everyQueryAnswers() throws Exception {
        assertThat(queries).hasSize(9);
        for (String heading : queries.keySet()) {
            assertThat(run(heading)).as(heading).isNotEmpty();
        }
    }

    @Test
    void barsFromTrades() throws Exception {
        assertThat(run("Price bars from trades"))
                .extracting(row -> row.subList(1, 7))
                .containsExactly(List.of("COINBASE:BTC-USD", "100", "103.5", "99", "99", "3.5"));
    }

    @Test
    void slippageAgainstTheQuote() throws Exception {
        List<List<String>> rows = run("Fills and the quote they met");
        assertThat(rows)
                .extracting(row -> columns(row, 3, 6, 7, 8))
                .containsExactly(List.of("buy", "100", "102", "0.51"), List.of("sell", "100", "102", "1"));
        assertThat(Double.parseDouble(rows.getFirst().get(9)))
                .isEqualTo(50.0, org.assertj.core.data.Offset.offset(1e-9));
    }

    @Test
    void equityCurve() throws Exception {
        assertThat(run("Equity curve")).extracting(row -> columns(row, 1, 2)).containsExactly(List.of("main", "998.1"));
    }

    @Test
    void fillRatio() throws Exception {
        assertThat(run("Fill ratio of each strategy")).containsExactly(List.of("cross", "2", "8", "4", "0.5"));
    }

    @Test
    void eventTimes() throws Exception {
        assertThat(run("Event time of each stage from the feed's receipt"))
                .contains(List.of("trades", "3", "-250", "-250.0", "-250"))
                .hasSize(7);
    }

    @Test
    void deadLetters() throws Exception {
        assertThat(run("Dead letters by reason"))
                .extracting(row -> row.subList(0, 3))
                .containsExactly(List.of("orders", "qty", "2"));
    }

    @Test
    void traceOfAFill() throws Exception {
        assertThat(run("From a fill back to the signal"))
                .extracting(row -> columns(row, 1, 5, 8, 9, 10))
                .containsExactly(
                        List.of("e-execution.3-1", "o-1", "long", "fast above slow", "etl.3-4"),
                        List.of("e-execution.3-2", "null", "null", "null", "null"));
    }

    @Test
    void turnover() throws Exception {
        assertThat(run("Turnover and fees of each day"))
                .extracting(row -> row.subList(1, 6))
                .containsExactly(List.of("main", "COINBASE:BTC-USD", "2", "406.53", "0.4"));
    }

    @Test
    void completeAndOnce() throws Exception {
        assertThat(run("Complete, and once")).containsExactly(List.of("3", "2", "2", "2"));
    }
}
