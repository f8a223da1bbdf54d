package papertape.look;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import papertape.common.config.DatabaseSettings;
import papertape.common.value.Instrument;

/** Bars from the database, put together to longer ones there. */
public final class StoredBars {
    private static final String TIMEOUT_S = "5";

    /** @param ts start of the interval, microseconds */
    public record StoredBar(
            long ts, BigDecimal open, BigDecimal high, BigDecimal low, BigDecimal close, BigDecimal volume) {}

    private StoredBars() {}

    /**
     * The latest bars, the oldest first.
     *
     * @param base length of the bars that are stored, as the configuration spells it
     * @param length of those that are wanted, a multiple of {@code base}, as {@code 5m}
     * @throws SQLException when the database does not answer in a few seconds
     */
    public static List<StoredBar> latest(
            DatabaseSettings database, Instrument instrument, String base, String length, int most)
            throws SQLException {
        if (!length.matches("[1-9][0-9]{0,3}[smhd]")) {
            throw new IllegalArgumentException("no length of a bar: " + length);
        }
        String sql = "SELECT cast(ts AS LONG) at, first(open), max(high), min(low), last(close), sum(volume) FROM bars"
                + " WHERE instrument = ? AND interval = ? AND closed SAMPLE BY " + length + " LIMIT -" + most;
        List<StoredBar> bars = new ArrayList<>();
        try (Connection connection = open(database);
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, instrument.name());
            statement.setString(2, base);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    bars.add(new StoredBar(
                            row.getLong(1),
                            row.getBigDecimal(2),
                            row.getBigDecimal(3),
                            row.getBigDecimal(4),
                            row.getBigDecimal(5),
                            row.getBigDecimal(6)));
                }
            }
        }
        return bars;
    }

    private static Connection open(DatabaseSettings database) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", database.user());
        properties.setProperty("password", database.password().value());
        properties.setProperty("connectTimeout", TIMEOUT_S);
        properties.setProperty("loginTimeout", TIMEOUT_S);
        properties.setProperty("socketTimeout", TIMEOUT_S);
        return DriverManager.getConnection(database.pgUrl(), properties);
    }
}
