package papertape.cli.audit;

import java.math.RoundingMode;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import papertape.cli.audit.AuditReport.AccountAudit;
import papertape.cli.audit.AuditReport.ChannelAudit;
import papertape.cli.audit.JournalScan.PartitionCount;
import papertape.common.bus.Bus;
import papertape.common.bus.Redis;
import papertape.common.config.Config;
import papertape.common.json.MessageCodec;
import papertape.common.message.Channel;
import papertape.common.message.Pnl;
import papertape.common.runtime.OwnStack;
import papertape.common.text.Cause;
import papertape.common.value.AccountId;
import papertape.common.value.Instrument;
import papertape.common.value.Money;
import papertape.common.value.Qty;
import papertape.persistence.AccountLedger;
import papertape.persistence.ChannelCount;
import papertape.persistence.DatabaseAudit;

/** Compares journals, database and what P&L last reported. */
public final class Audit {
    private static final Duration DATABASE_WAIT = Duration.ofSeconds(60);
    private static final int LEDGER_TRIES = 20;

    private final Bus bus;
    private final Config config;
    private final List<String> problems = new ArrayList<>();

    public Audit(Bus bus, Config config) {
        this.bus = bus;
        this.config = config;
    }

    /** What an audit gives: its report, and the facts it counted on the way. */
    public record Result(AuditReport report, Facts facts) {}

    /** Audits what has been published up to now; on a running stack waits until the database has caught up with that. */
    public Result run() throws InterruptedException {
        int partitions = config.bus().partitions();
        Bus.Numbered numbered = bus.numbered();
        Map<String, Long> sequences = numbered.messages();
        Facts facts = new Facts(new LedgerBasis(config));
        List<PartitionCount> counts = new JournalScan(bus, partitions).run(sequences, facts::add);
        boolean isWhole = counts.stream()
                .filter(count ->
                        count.channel().equals("executions") || count.channel().equals("accounts"))
                .noneMatch(PartitionCount::isTrimmed);
        SortedMap<String, AccountAudit> accounts = accounts(facts, isWhole);
        if (facts.repeatedTrades() > 0) {
            problems.add(facts.repeatedTrades() + " trades were published more than once");
        }
        Map<String, long[]> stored = new TreeMap<>();
        SortedMap<String, Long> rows = database(numbered, stored);
        List<ChannelAudit> channels = channels(counts, stored);
        return new Result(new AuditReport(channels, accounts, rows, problems), facts);
    }

    private List<ChannelAudit> channels(List<PartitionCount> counts, Map<String, long[]> stored) {
        Map<String, List<PartitionCount>> byChannel = new LinkedHashMap<>();
        counts.forEach(count -> byChannel
                .computeIfAbsent(count.channel(), any -> new ArrayList<>())
                .add(count));
        List<ChannelAudit> channels = new ArrayList<>();
        byChannel.forEach((channel, parts) -> {
            long gaps = parts.stream().mapToLong(PartitionCount::gaps).sum();
            long duplicates =
                    parts.stream().mapToLong(PartitionCount::duplicates).sum();
            if (gaps > 0) {
                problems.add("channel " + channel + ": " + gaps + " messages are missing from the journal");
            }
            if (duplicates > 0) {
                problems.add("channel " + channel + ": " + duplicates + " messages stand twice in the journal");
            }
            long[] db = stored.get(channel);
            channels.add(new ChannelAudit(
                    channel,
                    parts.stream().mapToLong(PartitionCount::messages).sum(),
                    parts.stream()
                            .mapToLong(part -> Math.max(0, part.first() - 1))
                            .sum(),
                    gaps,
                    duplicates,
                    db == null ? null : db[0],
                    db == null ? null : db[1]));
        });
        return channels;
    }

    /** Each account's ledger; on a running stack fills move between two looks, so that a difference is looked at again. */
    private SortedMap<String, AccountAudit> accounts(Facts facts, boolean isWhole) throws InterruptedException {
        SortedMap<String, AccountAudit> result = new TreeMap<>();
        Facts seen = facts;
        for (int i = 0; i < LEDGER_TRIES; i++) {
            List<String> found = new ArrayList<>();
            result = accounts(seen, isWhole, found);
            if (found.isEmpty()) {
                return result;
            }
            if (i == LEDGER_TRIES - 1) {
                problems.addAll(found);
                return result;
            }
            Thread.sleep(200);
            seen = ledgerFacts();
        }
        return result;
    }

    /** Reads again the channels that make the ledger. */
    private Facts ledgerFacts() {
        Map<String, Long> sequences = new TreeMap<>(bus.sequences());
        sequences.keySet().removeIf(name -> !name.startsWith("executions.") && !name.startsWith("accounts."));
        Facts facts = new Facts(new LedgerBasis(config));
        new JournalScan(bus, config.bus().partitions()).run(sequences, facts::add);
        return facts;
    }

    private SortedMap<String, AccountAudit> accounts(Facts facts, boolean isWhole, List<String> found) {
        Map<AccountId, Pnl> whole = new TreeMap<>();
        Map<AccountId, SortedMap<Instrument, Pnl>> holdings = new TreeMap<>();
        readReports(whole, holdings);
        SortedMap<String, AccountAudit> accounts = new TreeMap<>();
        whole.forEach((account, pnl) -> {
            Ledger ledger = facts.ledgers().getOrDefault(account, new Ledger(new LedgerBasis(config)));
            int before = found.size();
            if (isWhole) {
                compare(account, pnl, ledger, holdings.getOrDefault(account, new TreeMap<>()), found);
            }
            accounts.put(
                    account.value(),
                    view(pnl, ledger, holdings.getOrDefault(account, new TreeMap<>()), found.size() == before));
        });
        facts.ledgers().forEach((account, ledger) -> {
            if (!whole.containsKey(account) && !ledger.positions().isEmpty()) {
                found.add("account " + account + " has fills and no P&L report");
            }
        });
        return accounts;
    }

    private void readReports(Map<AccountId, Pnl> whole, Map<AccountId, SortedMap<Instrument, Pnl>> holdings) {
        MessageCodec codec = new MessageCodec();
        for (byte[] text : bus.redis().rawHash(bus.keys().last(Channel.PNL)).values()) {
            if (codec.decode(Redis.text(text)) instanceof Pnl pnl) {
                if (pnl.instrument() == null) {
                    whole.put(pnl.account(), pnl);
                } else {
                    holdings.computeIfAbsent(pnl.account(), any -> new TreeMap<>())
                            .put(pnl.instrument(), pnl);
                }
            }
        }
    }

    /** The invariant of trading-rules section 3, and that P&L's own numbers are those of the journal. */
    private static void compare(
            AccountId account, Pnl pnl, Ledger ledger, SortedMap<Instrument, Pnl> holdings, List<String> found) {
        Money equity = money(pnl.equity());
        Money expected = ledger.deposits()
                .minus(ledger.withdrawals())
                .plus(pnl.realized())
                .minus(pnl.fees())
                .plus(pnl.unrealized());
        differ(
                "account " + account + ": deposits - withdrawals + realized - fees + unrealized",
                expected,
                "equity",
                equity,
                found);
        differ(
                "account " + account + ": cash from the journal",
                ledger.cash().rounded(RoundingMode.HALF_EVEN),
                "reported cash",
                money(pnl.cash()),
                found);
        differ(
                "account " + account + ": fees from the journal",
                ledger.fees().rounded(RoundingMode.HALF_EVEN),
                "reported fees",
                pnl.fees(),
                found);
        ledger.positions().forEach((instrument, position) -> {
            Pnl holding = holdings.get(instrument);
            Qty reported = holding == null || holding.position() == null ? Qty.ZERO : holding.position();
            if (!reported.equals(position)) {
                found.add("account " + account + ", " + instrument + ": position from the journal is " + position
                        + ", reported " + reported);
            }
        });
    }

    private static void differ(String what, Money expected, String other, Money actual, List<String> found) {
        if (!expected.equals(actual)) {
            found.add(what + " is " + expected + ", " + other + " is " + actual);
        }
    }

    private static Money money(@Nullable Money money) {
        return money == null ? Money.ZERO : money;
    }

    private static AccountAudit view(Pnl pnl, Ledger ledger, SortedMap<Instrument, Pnl> holdings, boolean holds) {
        SortedMap<String, Qty> positions = new TreeMap<>();
        holdings.forEach((instrument, holding) -> {
            if (holding.position() != null && !holding.position().isZero()) {
                positions.put(instrument.name(), holding.position());
            }
        });
        return new AccountAudit(
                ledger.deposits(),
                ledger.withdrawals(),
                money(pnl.cash()),
                money(pnl.equity()),
                pnl.realized(),
                pnl.unrealized(),
                pnl.fees(),
                positions,
                holds);
    }

    /** Fills in, by channel, rows stored and messages missing; returns rows by table. */
    private SortedMap<String, Long> database(Bus.Numbered numbered, Map<String, long[]> stored)
            throws InterruptedException {
        if (config.database().pgUrl().isEmpty()) {
            return new TreeMap<>();
        }
        awaitPersistence(numbered.messages());
        try (DatabaseAudit database = DatabaseAudit.open(config.database())) {
            String found = database.stackId();
            String own = bus.stackId();
            if (!found.isEmpty() && !own.isEmpty() && !found.equals(own)) {
                problems.add(
                        OwnStack.foreign("the database at " + config.database().pgUrl(), found, own));
                return new TreeMap<>();
            }
            if (!database.awaitApplied(DATABASE_WAIT)) {
                problems.add("the database has not applied all it accepted within " + DATABASE_WAIT.toSeconds() + " s");
            }
            int partitions = config.bus().partitions();
            Map<Channel, Map<Integer, Long>> journals = JournalScan.byChannel(numbered.messages(), partitions);
            Map<Channel, Map<Integer, Long>> clocks = JournalScan.byChannel(numbered.clocks(), partitions);
            if (!config.persistence().raw()) {
                journals.remove(Channel.RAW);
            }
            for (ChannelCount count : database.channels(journals, clocks, config.persistence())) {
                long[] sums = stored.computeIfAbsent(count.channel().text(), any -> new long[2]);
                sums[0] += count.rows();
                sums[1] += count.missing();
                if (count.missing() > 0 || count.duplicates() > 0) {
                    problems.add("database, " + count.channel().text() + "." + count.partition() + ": "
                            + count.missing() + " rows missing, " + count.duplicates() + " twice");
                }
            }
            checkLedgers(database);
            return database.rows();
        } catch (SQLException e) {
            problems.add("the database cannot be asked: " + Cause.of(e));
            return new TreeMap<>();
        }
    }

    private void checkLedgers(DatabaseAudit database) throws SQLException {
        for (AccountLedger ledger : database.ledgers().values()) {
            AccountLedger.Reported reported = ledger.reported();
            if (reported == null || reported.equity() == null) {
                continue;
            }
            Money expected = reported.expectedEquity(ledger.deposits(), ledger.withdrawals());
            if (!expected.equals(reported.equity())) {
                problems.add("database, account " + ledger.account() + ": deposits - withdrawals + realized - fees + "
                        + "unrealized is " + expected + ", equity is " + reported.equity());
            }
        }
    }

    private void awaitPersistence(Map<String, Long> sequences) throws InterruptedException {
        long deadline = System.nanoTime() + DATABASE_WAIT.toNanos();
        while (System.nanoTime() - deadline < 0) {
            List<Map<String, Long>> tasks =
                    bus.tasks("persistence", config.bus().partitions());
            long behind = 0;
            for (Map.Entry<String, Long> last : sequences.entrySet()) {
                int dot = last.getKey().lastIndexOf('.');
                String channel = last.getKey().substring(0, dot);
                if (channel.equals("raw") && !config.persistence().raw()) {
                    continue;
                }
                int partition = Integer.parseInt(last.getKey().substring(dot + 1));
                behind += Math.max(0, last.getValue() - tasks.get(partition).getOrDefault(channel, 0L));
            }
            if (behind == 0) {
                return;
            }
            Thread.sleep(100);
        }
    }
}
