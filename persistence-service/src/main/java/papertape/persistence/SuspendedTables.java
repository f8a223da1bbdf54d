package papertape.persistence;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import papertape.common.config.DatabaseSettings;

/**
 * Tables that QuestDB has suspended: when it could not apply rows (a full disk), it goes on taking rows into its write-ahead
 * log and shows none of them, until the table is told to resume.
 */
public final class SuspendedTables {
    private static final String TIMEOUT_S = "3";
    private static final String SUSPENDED = "SELECT name FROM wal_tables() WHERE suspended ORDER BY name";

    private SuspendedTables() {}

    /** Their names; takes a few seconds at most. */
    public static List<String> names(DatabaseSettings database) throws SQLException {
        try (Connection connection = open(database)) {
            return names(connection);
        }
    }

    /** What that means, and what is done about it. */
    public static String text(List<String> names) {
        return "tables are suspended and do not show what was written: " + String.join(", ", names)
                + "; the persistence resumes them every few seconds, which works once the disk has room (by hand: ALTER"
                + " TABLE x RESUME WAL)";
    }

    /** Lets all that are suspended go on, and returns their names as they were found. */
    static List<String> resume(DatabaseSettings database) throws SQLException {
        try (Connection connection = open(database);
                Statement statement = connection.createStatement()) {
            List<String> found = names(connection);
            for (String name : found) {
                statement.execute("ALTER TABLE '" + name.replace("'", "''") + "' RESUME WAL");
            }
            return found;
        }
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

    private static List<String> names(Connection connection) throws SQLException {
        List<String> names = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(SUSPENDED)) {
            while (row.next()) {
                names.add(row.getString(1));
            }
        }
        return names;
    }
}
