package papertape.persistence;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import papertape.common.config.DatabaseSettings;
import papertape.common.runtime.OwnStack;

/** The table in which a database says whose data it holds; its first row counts. */
public final class StackTable {
    /** Environment variable: the mark of the folder in which the stack's own server runs; empty for any server. */
    public static final String MARK_SETTING = "PAPERTAPE_DATABASE_MARK";

    private static final String NAME = "stack_id";
    private static final String FIRST = "SELECT id FROM " + NAME + " LIMIT 1";
    private static final String MARK =
            "SELECT value FROM (SHOW PARAMETERS) WHERE property_path = 'cairo.sql.copy.work.root'";
    private static final Pattern VALUE = Pattern.compile("\"dataset\":\\[\\[\"([^\"]*)\"");

    private StackTable() {}

    /** The database is another stack's: nothing is written to it. */
    public static final class Foreign extends IOException {
        Foreign(String message) {
            super(message);
        }
    }

    /**
     * Makes the database a stack's where it is nobody's.
     *
     * @param mark of the folder in which the server must run; empty: in any
     * @throws Foreign when it is another stack's
     * @throws IOException when it cannot be asked
     */
    public static void claim(DatabaseSettings settings, String id, String mark) throws IOException {
        QuestDbHttp http = new QuestDbHttp(settings);
        String server = "the database at " + settings.url();
        if (!mark.isEmpty() && !value(http, MARK).endsWith(mark)) {
            throw new Foreign(server + " runs in another folder than this stack's");
        }
        // not by way of the write-ahead log: what is written can be read at once
        http.execute("CREATE TABLE IF NOT EXISTS " + NAME + " (id VARCHAR, at TIMESTAMP)");
        String found = value(http, FIRST);
        if (found.isEmpty()) {
            http.execute("INSERT INTO " + NAME + " VALUES ('" + id + "', now())");
            found = value(http, FIRST);
        }
        if (!found.equals(id)) {
            throw new Foreign(OwnStack.foreign(server, found, id));
        }
    }

    private static String value(QuestDbHttp http, String sql) throws IOException {
        Matcher value = VALUE.matcher(http.execute(sql));
        return value.find() ? value.group(1) : "";
    }

    /** The stack's id; empty where none has been written. */
    static String find(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            try (ResultSet row =
                    statement.executeQuery("SELECT count() FROM tables() WHERE table_name = '" + NAME + "'")) {
                if (!row.next() || row.getLong(1) == 0) {
                    return "";
                }
            }
            try (ResultSet row = statement.executeQuery(FIRST)) {
                return row.next() ? row.getString(1) : "";
            }
        }
    }

    /** @throws Foreign when a stack's id has been written, and it is another's */
    public static void check(Connection connection, String server, String own) throws SQLException, Foreign {
        String found = find(connection);
        if (!found.isEmpty() && !own.isEmpty() && !found.equals(own)) {
            throw new Foreign(OwnStack.foreign("the database at " + server, found, own));
        }
    }
}
