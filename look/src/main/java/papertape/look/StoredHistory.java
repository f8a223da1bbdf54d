package papertape.look;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import papertape.common.bus.Redis;
import papertape.common.config.DatabaseSettings;
import papertape.common.message.Account;
import papertape.common.message.Execution;
import papertape.common.message.Header;
import papertape.common.message.LastFill;
import papertape.common.message.OrderProgress;
import papertape.common.message.OrderRef;
import papertape.common.message.OrderTerms;
import papertape.common.message.Pnl;
import papertape.common.text.Cause;
import papertape.common.value.AccountEvent;
import papertape.common.value.AccountId;
import papertape.common.value.ExecId;
import papertape.common.value.ExecType;
import papertape.common.value.Instrument;
import papertape.common.value.Liquidity;
import papertape.common.value.MessageId;
import papertape.common.value.Money;
import papertape.common.value.OrdStatus;
import papertape.common.value.OrdType;
import papertape.common.value.OrderId;
import papertape.common.value.Price;
import papertape.common.value.Qty;
import papertape.common.value.Side;
import papertape.common.value.StrategyId;
import papertape.common.value.TimeInForce;
import papertape.persistence.StackTable;

/** An account's messages as the database has stored them. */
final class StoredHistory implements AutoCloseable {
    private static final String DEFAULT_USER = "admin";
    private static final String DEFAULT_PASSWORD = "quest";

    private interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    private final Connection connection;
    private final AccountId account;

    private StoredHistory(Connection connection, AccountId account) {
        this.connection = connection;
        this.account = account;
    }

    /**
     * @param stackId whose data it has to hold
     * @throws Redis.Unavailable when the database cannot be reached, or is another stack's
     */
    static StoredHistory open(DatabaseSettings database, AccountId account, String stackId) {
        boolean isNamed = !database.user().isEmpty();
        try {
            Connection connection = DriverManager.getConnection(
                    database.pgUrl(),
                    isNamed ? database.user() : DEFAULT_USER,
                    isNamed ? database.password().value() : DEFAULT_PASSWORD);
            StackTable.check(connection, database.pgUrl(), stackId);
            return new StoredHistory(connection, account);
        } catch (SQLException | StackTable.Foreign e) {
            throw unavailable(e);
        }
    }

    private static Redis.Unavailable unavailable(Exception e) {
        return new Redis.Unavailable("the journal was trimmed, and the database: " + Cause.of(e), e);
    }

    List<Execution> executions() {
        return query(
                "SELECT cast(ts AS LONG) at, * FROM executions WHERE account = ? ORDER BY seq", "", this::execution);
    }

    List<Execution> executions(OrderId order) {
        return query(
                "SELECT cast(ts AS LONG) at, * FROM executions WHERE account = ? AND order_id = ? ORDER BY seq",
                order.value(),
                this::execution);
    }

    List<Account> events() {
        return query(
                "SELECT cast(ts AS LONG) at, * FROM accounts WHERE account = ? AND event IS NOT NULL ORDER BY seq",
                "",
                this::event);
    }

    List<Pnl> reports() {
        return query("SELECT cast(ts AS LONG) at, * FROM pnl WHERE account = ? ORDER BY seq", "", this::report);
    }

    private <T> List<T> query(String sql, String second, Reader<T> reader) {
        List<T> found = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, account.value());
            if (!second.isEmpty()) {
                statement.setString(2, second);
            }
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    found.add(reader.read(row));
                }
            }
            return found;
        } catch (SQLException e) {
            throw unavailable(e);
        }
    }

    private Execution execution(ResultSet row) throws SQLException {
        return new Execution(
                header(row),
                ExecId.of(row.getString("exec_id")),
                new OrderRef(
                        OrderId.of(row.getString("order_id")),
                        account,
                        text(row, "strategy", StrategyId::of),
                        Instrument.of(row.getString("instrument"))),
                terms(row),
                new OrderProgress(
                        word(row, "exec_type", ExecType.class),
                        word(row, "ord_status", OrdStatus.class),
                        new Qty(number(row, "leaves_qty")),
                        new Qty(number(row, "cum_qty")),
                        price(row, "avg_px")),
                new LastFill(
                        new Qty(number(row, "last_qty")),
                        price(row, "last_px"),
                        new Money(number(row, "commission")),
                        row.getString("liquidity") == null ? null : word(row, "liquidity", Liquidity.class)),
                text(row, "text"));
    }

    private static @Nullable OrderTerms terms(ResultSet row) throws SQLException {
        if (row.getString("side") == null) {
            return null;
        }
        return new OrderTerms(
                word(row, "side", Side.class),
                word(row, "ord_type", OrdType.class),
                word(row, "tif", TimeInForce.class),
                new Qty(number(row, "qty")),
                price(row, "limit_px"),
                price(row, "stop_px"),
                text(row, "parent_id", OrderId::of));
    }

    private Account event(ResultSet row) throws SQLException {
        return new Account(
                header(row),
                account,
                null,
                word(row, "event", AccountEvent.class),
                money(row, "amount"),
                row.getString("currency"),
                null,
                text(row, "text"));
    }

    private Pnl report(ResultSet row) throws SQLException {
        BigDecimal position = row.getBigDecimal("position");
        return new Pnl(
                header(row),
                account,
                text(row, "instrument", Instrument::of),
                position == null ? null : new Qty(position),
                price(row, "avg_px"),
                price(row, "mark"),
                new Money(number(row, "realized")),
                new Money(number(row, "unrealized")),
                new Money(number(row, "fees")),
                money(row, "cash"),
                money(row, "equity"),
                money(row, "peak_equity"),
                money(row, "drawdown"),
                row.getBoolean("unmarked"));
    }

    private static Header header(ResultSet row) throws SQLException {
        long ts = row.getLong("at");
        return new Header(MessageId.of(row.getString("id")), ts, text(row, "cause", MessageId::of), ts);
    }

    private static <T> @Nullable T text(ResultSet row, String column, Function<String, T> reader) throws SQLException {
        String text = row.getString(column);
        return text == null ? null : reader.apply(text);
    }

    private static String text(ResultSet row, String column) throws SQLException {
        String text = row.getString(column);
        return text == null ? "" : text;
    }

    private static <E extends Enum<E>> E word(ResultSet row, String column, Class<E> type) throws SQLException {
        return Enum.valueOf(type, row.getString(column).toUpperCase(Locale.ROOT));
    }

    private static BigDecimal number(ResultSet row, String column) throws SQLException {
        BigDecimal number = row.getBigDecimal(column);
        return number == null ? BigDecimal.ZERO : number;
    }

    private static @Nullable Price price(ResultSet row, String column) throws SQLException {
        BigDecimal number = row.getBigDecimal(column);
        return number == null ? null : new Price(number);
    }

    private static @Nullable Money money(ResultSet row, String column) throws SQLException {
        BigDecimal number = row.getBigDecimal(column);
        return number == null ? null : new Money(number);
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw unavailable(e);
        }
    }
}
