package dev.linkspan.acceptance.concurrency;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The instants in a PostgreSQL database of Linkspan's. A clock that nobody can move can be tried only by moving these. */
final class DatabaseTimes {

    private static final String ITS_TURN = "select name from region order by name for update";

    private static final String COLUMNS = """
            select table_name, column_name from information_schema.columns
            where table_schema = current_schema() and data_type = 'bigint' and table_name <> 'lease'
                and (column_name like '%\\_at' or column_name = 'since')
            """;

    private DatabaseTimes() {}

    /** Makes every instant so much earlier, between two batches of changes: as if so much time had passed. */
    static void setBack(String url, Duration by) {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(ITS_TURN);
            for (String update : updates(statement, by)) {
                statement.execute(update);
            }
            connection.commit();
        } catch (SQLException failed) {
            throw new IllegalStateException("cannot set back the times in the database", failed);
        }
    }

    private static List<String> updates(Statement statement, Duration by) throws SQLException {
        List<String> updates = new ArrayList<>();
        try (ResultSet row = statement.executeQuery(COLUMNS)) {
            while (row.next()) {
                updates.add("update %1$s set %2$s = %2$s - %3$d"
                        .formatted(row.getString("table_name"), row.getString("column_name"), by.toMillis()));
            }
        }
        return updates;
    }
}
