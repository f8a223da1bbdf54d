package papertape.persistence;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import papertape.common.config.DatabaseSettings;
import papertape.common.config.PersistenceSettings;
import papertape.common.message.Channel;
import papertape.common.value.AccountId;
import papertape.common.value.Instrument;
import papertape.common.value.Money;
import papertape.common.value.Qty;

/** Questions to the database whose answers show that it is complete: counts, gaps, duplicates, ledgers. Changes nothing. */
public final class DatabaseAudit implements AutoCloseable {
    /** QuestDB's own default login, where the settings name none. */
    private static final String DEFAULT_USER = "admin";

    private static final String DEFAULT_PASSWORD = "quest";
    private static final int POLL_MS = 20;

    private static final String APPLIED =
            "SELECT count() FROM wal_tables() WHERE writerTxn <> sequencerTxn OR suspended";
    private static final String EVENTS =
            "SELECT account, event, last(currency), sum(amount) FROM accounts WHERE event IN"
                    + " ('opened', 'deposited', 'withdrawn')";
    private static final String FILLS =
            "SELECT account, instrument, side, count(), sum(last_qty), sum(last_qty * last_px), sum(commission)"
                    + " FROM executions WHERE exec_type = 'trade' ORDER BY account, instrument, side";
    /** By sequence number, since reports of one moment have one timestamp. */
    private static final String REPORTS =
            "SELECT p.account, cast(p.ts AS LONG), p.realized, p.unrealized, p.fees, p.cash, p.equity FROM pnl p JOIN"
                    + " (SELECT account, max(seq) seq FROM pnl WHERE instrument IS NULL) newest ON (account, seq)"
                    + " WHERE p.instrument IS NULL";

    private final Connection connection;

    private DatabaseAudit(Connection connection) {
        this.connection = connection;
    }

    public static DatabaseAudit open(DatabaseSettings database) throws SQLException {
        boolean named = !database.user().isEmpty();
        return new DatabaseAudit(DriverManager.getConnection(
                database.pgUrl(),
                named ? database.user() : DEFAULT_USER,
                named ? database.password().value() : DEFAULT_PASSWORD));
    }

    /** The id of the stack whose data the database holds; empty where none has been written. */
    public String stackId() throws SQLException {
        return StackTable.find(connection);
    }

    /** Whether the tables show all that the server has accepted. */
    public boolean isApplied() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(APPLIED)) {
            return row.next() && row.getLong(1) == 0;
        }
    }

    /** Waits until the tables show all that the server has accepted; false when they do not in that time. */
    public boolean awaitApplied(Duration limit) throws SQLException, InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!isApplied()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            Thread.sleep(POLL_MS);
        }
        return true;
    }

    /** Rows of each table. */
    public SortedMap<String, Long> rows() throws SQLException {
        var rows = new TreeMap<String, Long>();
        for (Table table : Table.values()) {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SELECT count() FROM " + table.text())) {
                row.next();
                rows.put(table.text(), row.getLong(1));
            }
        }
        return rows;
    }

    /** As below, of journals without clocks. */
    List<ChannelCount> channels(Map<Channel, ? extends Map<Integer, Long>> journals, PersistenceSettings content)
            throws SQLException {
        return channels(journals, Map.<Channel, Map<Integer, Long>>of(), content);
    }

    /**
     * Compares what is stored with the journals.
     *
     * @param journals for each channel and partition the last sequence number given out
     * @param clocks how many of the numbers are clocks, which are not stored
     * @return one count for each of them, in that order
     */
    public List<ChannelCount> channels(
            Map<Channel, ? extends Map<Integer, Long>> journals,
            Map<Channel, ? extends Map<Integer, Long>> clocks,
            PersistenceSettings content)
            throws SQLException {
        var counts = new ArrayList<ChannelCount>();
        for (Map.Entry<Channel, ? extends Map<Integer, Long>> journal : new EnumMap<>(journals).entrySet()) {
            Channel channel = journal.getKey();
            Map<Integer, Stored> stored = stored(channel);
            boolean complete = isComplete(channel, content);
            for (Map.Entry<Integer, Long> last : new TreeMap<>(journal.getValue()).entrySet()) {
                Stored part = stored.getOrDefault(last.getKey(), Stored.NONE);
                Map<Integer, Long> ofChannel = clocks.get(channel);
                long unstored = ofChannel == null ? 0 : ofChannel.getOrDefault(last.getKey(), 0L);
                counts.add(count(channel, last.getKey(), last.getValue(), unstored, part, complete));
            }
        }
        return counts;
    }

    private ChannelCount count(Channel channel, int partition, long journal, long clocks, Stored part, boolean complete)
            throws SQLException {
        long unreadable = complete && part.distinct + clocks < journal ? unreadable(channel, partition) : 0;
        return new ChannelCount(
                channel, partition, journal, part.rows, part.distinct, part.last, unreadable + clocks, complete);
    }

    /** Dead letters for whose place the channel's tables have no row: the others were read, and refused later. */
    private long unreadable(Channel channel, int partition) throws SQLException {
        var places = new StringBuilder(
                "SELECT seq FROM unstored WHERE channel = '" + channel.text() + "' AND part = " + partition);
        for (Table table : Table.values()) {
            if (table.channel() == channel) {
                places.append(" UNION ALL SELECT seq FROM ")
                        .append(table.text())
                        .append(" WHERE part = ")
                        .append(partition);
            }
        }
        String sql = "SELECT count() FROM (SELECT DISTINCT letter_seq AS seq FROM dead_letters WHERE channel = '"
                + channel.text() + "' AND letter_part = " + partition + " AND letter_seq > 0) letters LEFT JOIN ("
                + places
                + ") places ON letters.seq = places.seq WHERE places.seq IS NULL";
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    private static boolean isComplete(Channel channel, PersistenceSettings content) {
        return switch (channel) {
            case RAW -> content.raw();
            case TICKS -> content.books();
            case MARKS, CONTROL -> false;
            case SIGNALS, ORDERS, APPROVED, EXECUTIONS, ACCOUNTS, PNL, DEADLETTER -> true;
        };
    }

    private record Stored(long rows, long distinct, long last) {
        static final Stored NONE = new Stored(0, 0, 0);

        Stored plus(Stored other) {
            return new Stored(rows + other.rows, distinct + other.distinct, Math.max(last, other.last));
        }
    }

    /** By partition. A message has one type and so one table: the tables' distinct counts add up. */
    private Map<Integer, Stored> stored(Channel channel) throws SQLException {
        var stored = new TreeMap<Integer, Stored>();
        for (Table table : Table.values()) {
            if (table.channel() == channel) {
                count("SELECT part, count(), count_distinct(seq), max(seq) FROM " + table.text(), stored);
            }
        }
        count(
                "SELECT part, count(), count_distinct(seq), max(seq) FROM unstored WHERE channel = '" + channel.text()
                        + "'",
                stored);
        return stored;
    }

    private void count(String sql, Map<Integer, Stored> stored) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                stored.merge(row.getInt(1), new Stored(row.getLong(2), row.getLong(3), row.getLong(4)), Stored::plus);
            }
        }
    }

    /** The ledger of each account that has an event, a fill or a report. */
    public SortedMap<AccountId, AccountLedger> ledgers() throws SQLException {
        var books = new TreeMap<AccountId, Book>();
        query(EVENTS, row -> book(books, row).event(row));
        query(FILLS, row -> book(books, row).fill(row));
        query(REPORTS, row -> book(books, row).report(row));
        var ledgers = new TreeMap<AccountId, AccountLedger>();
        books.forEach((account, book) -> ledgers.put(account, book.ledger(account)));
        return ledgers;
    }

    private interface Reader {
        void read(ResultSet row) throws SQLException;
    }

    private void query(String sql, Reader reader) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                reader.read(row);
            }
        }
    }

    private static Book book(Map<AccountId, Book> books, ResultSet row) throws SQLException {
        return books.computeIfAbsent(AccountId.of(row.getString(1)), account -> new Book());
    }

    /** A ledger in the making; reads rows of the queries above. */
    private static final class Book {
        private @Nullable String currency;
        private Money deposits = Money.ZERO;
        private Money withdrawals = Money.ZERO;
        private AccountLedger.@Nullable Reported reported;
        private final SortedMap<Instrument, AccountLedger.Holding> holdings = new TreeMap<>();

        void event(ResultSet row) throws SQLException {
            Money amount = orZero(money(row, 4));
            switch (row.getString(2)) {
                case "opened" -> {
                    currency = row.getString(3);
                    deposits = deposits.plus(amount);
                }
                case "deposited" -> deposits = deposits.plus(amount);
                default -> withdrawals = withdrawals.plus(amount);
            }
        }

        void fill(ResultSet row) throws SQLException {
            Instrument instrument = Instrument.of(row.getString(2));
            boolean buy = row.getString(3).equals("buy");
            Qty qty = new Qty(row.getBigDecimal(5));
            Money notional = new Money(row.getBigDecimal(6));
            var part = new AccountLedger.Holding(
                    instrument,
                    row.getLong(4),
                    buy ? qty : qty.negated(),
                    buy ? notional.negated() : notional,
                    orZero(money(row, 7)));
            holdings.merge(instrument, part, Book::sum);
        }

        private static AccountLedger.Holding sum(AccountLedger.Holding one, AccountLedger.Holding other) {
            return new AccountLedger.Holding(
                    one.instrument(),
                    one.fills() + other.fills(),
                    one.position().plus(other.position()),
                    one.cashFlow().plus(other.cashFlow()),
                    one.fees().plus(other.fees()));
        }

        void report(ResultSet row) throws SQLException {
            reported = new AccountLedger.Reported(
                    row.getLong(2),
                    orZero(money(row, 3)),
                    orZero(money(row, 4)),
                    orZero(money(row, 5)),
                    money(row, 6),
                    money(row, 7));
        }

        AccountLedger ledger(AccountId account) {
            return new AccountLedger(
                    account, currency, deposits, withdrawals, List.copyOf(holdings.values()), reported);
        }

        private static @Nullable Money money(ResultSet row, int column) throws SQLException {
            BigDecimal value = row.getBigDecimal(column);
            return value == null ? null : new Money(value);
        }

        private static Money orZero(@Nullable Money money) {
            return money == null ? Money.ZERO : money;
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
