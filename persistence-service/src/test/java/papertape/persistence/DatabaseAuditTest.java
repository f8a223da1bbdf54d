package papertape.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import papertape.common.config.PersistenceSettings;
import papertape.common.message.Channel;
import papertape.common.value.AccountEvent;
import papertape.common.value.Money;
import papertape.common.value.Qty;
import papertape.common.value.Side;

class DatabaseAuditTest {
    private static final PersistenceSettings ALL = new PersistenceSettings(true, true);

    private static TestDatabase database;
    private static Deliveries stored;

    @BeforeAll
    static void store(@TempDir Path dir) throws Exception {
        database = new TestDatabase(dir);
        stored = Deliveries.everyType()
                .accountEvent("risk.3-3", AccountEvent.DEPOSITED, "500.25")
                .accountEvent("risk.3-4", AccountEvent.WITHDRAWN, "100")
                .accountEvent("risk.3-5", AccountEvent.REFUSED, "777")
                .fill("execution.3-2", "o-2", Side.SELL, "0.1", "50010", "5.001")
                .fill("execution.3-3", "o-2", Side.BUY, "0.00000001", "50010.5", "0.0000000000001")
                .pnl("pnl.3-3", "0.1", "-3.2", "20.0010370370341", "85000", "100377.1489629629659");
        try (var sink = new QuestDbSink(database.settings(), ALL)) {
            sink.write(stored.list());
        }
        database.awaitApplied();
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @Test
    void findsEveryJournaledMessageOnce() throws Exception {
        try (DatabaseAudit audit = DatabaseAudit.open(database.settings())) {
            List<ChannelCount> counts = audit.channels(stored.journals(), ALL);
            assertThat(counts).hasSize(9).allMatch(ChannelCount::isExact);
            assertThat(counts)
                    .contains(new ChannelCount(Channel.TICKS, Deliveries.PARTITION, 5, 5, 5, 5, 0, true))
                    .contains(new ChannelCount(Channel.EXECUTIONS, Deliveries.PARTITION, 3, 3, 3, 3, 0, true));
            assertThat(audit.rows())
                    .containsEntry("trades", 1L)
                    .containsEntry("pnl", 3L)
                    .containsEntry("unstored", 0L);
        }
    }

    @Test
    void tellsWhatIsMissingAndWhatTheJournalDoesNotKnow() throws Exception {
        try (DatabaseAudit audit = DatabaseAudit.open(database.settings())) {
            var journals = Map.of(
                    Channel.EXECUTIONS, Map.of(Deliveries.PARTITION, 5L, 7, 2L),
                    Channel.PNL, Map.of(Deliveries.PARTITION, 1L));
            List<ChannelCount> counts = audit.channels(journals, ALL);
            assertThat(counts).extracting(ChannelCount::missing).containsExactly(2L, 2L, 0L);
            assertThat(counts).extracting(ChannelCount::unknown).containsExactly(0L, 0L, 2L);
            assertThat(counts).noneMatch(ChannelCount::isExact);
        }
    }

    @Test
    void doesNotCallMissingWhatIsADeadLetter() throws Exception {
        try (DatabaseAudit audit = DatabaseAudit.open(database.settings())) {
            var journals = Map.of(Channel.ORDERS, Map.of(5, 2L));
            assertThat(audit.channels(journals, ALL))
                    .containsExactly(new ChannelCount(Channel.ORDERS, 5, 2, 0, 0, 0, 1, true))
                    .extracting(ChannelCount::missing)
                    .containsExactly(1L);
        }
    }

    @Test
    void doesNotCallMissingWhatTheSettingsLeaveOut() throws Exception {
        try (DatabaseAudit audit = DatabaseAudit.open(database.settings())) {
            var journals = Map.of(Channel.TICKS, Map.of(Deliveries.PARTITION, 50L));
            assertThat(audit.channels(journals, new PersistenceSettings(false, false)))
                    .allMatch(ChannelCount::isExact);
        }
    }

    @Test
    void addsTheLedgerUpExactly() throws Exception {
        try (DatabaseAudit audit = DatabaseAudit.open(database.settings())) {
            AccountLedger ledger = audit.ledgers().get(Deliveries.MAIN);
            assertThat(ledger.currency()).isEqualTo("USD");
            assertThat(ledger.deposits()).isEqualTo(Money.of("100500.25"));
            assertThat(ledger.withdrawals()).isEqualTo(Money.of("100"));
            // 0.3 x 50000.12345678 and 0.00000001 x 50010.5 paid, 0.1 x 50010 received
            assertThat(ledger.holdings())
                    .containsExactly(new AccountLedger.Holding(
                            Deliveries.BTC,
                            3,
                            Qty.of("0.20000001"),
                            Money.of("-9999.037537139"),
                            Money.of("20.0010370370341")));
            AccountLedger.Reported reported = ledger.reported();
            assertThat(reported.fees()).isEqualTo(Money.of("20.0010370370341"));
            assertThat(reported.expectedEquity(ledger.deposits(), ledger.withdrawals()))
                    .isEqualTo(Money.of("100377.1489629629659"))
                    .isEqualTo(reported.equity());
        }
    }
}
