package dev.linkspan.server.store;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jdbi.v3.core.statement.DefaultStatementBuilder;
import org.jdbi.v3.core.statement.StatementBuilder;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * The prepared statements of one connection, kept for the next time: a change consists of a dozen small statements, and to
 * prepare one costs SQLite as much as to run it. A statement that is in use is not here, so that a second use of the same
 * text gets one of its own. For one thread at a time, like its connection.
 */
final class StatementCache implements StatementBuilder {

    /** Lists of values make many texts of one statement; those not used for long make room. */
    private static final int MOST = 128;

    private final StatementBuilder statements = new DefaultStatementBuilder();

    /** Those not in use, by their texts, the longest unused first. */
    private final Map<String, PreparedStatement> idle = new LinkedHashMap<>();

    /** The texts of those in use: whoever closes one names the template that its text was made of. */
    private final IdentityHashMap<Statement, String> texts = new IdentityHashMap<>();

    @Override
    public PreparedStatement create(Connection connection, String sql, StatementContext context) throws SQLException {
        PreparedStatement kept = idle.remove(sql);
        PreparedStatement statement = kept != null ? kept : statements.create(connection, sql, context);
        texts.put(statement, sql);
        return statement;
    }

    @Override
    public Statement create(Connection connection, StatementContext context) throws SQLException {
        return statements.create(connection, context);
    }

    @Override
    public CallableStatement createCall(Connection connection, String sql, StatementContext context)
            throws SQLException {
        return statements.createCall(connection, sql, context);
    }

    @Override
    public void close(Connection connection, String template, Statement used) throws SQLException {
        String sql = texts.remove(used);
        if (sql == null || !(used instanceof PreparedStatement prepared) || idle.containsKey(sql)) {
            used.close();
            return;
        }
        prepared.clearParameters();
        idle.put(sql, prepared);
        dropLongestUnused();
    }

    private void dropLongestUnused() throws SQLException {
        if (idle.size() > MOST) {
            Iterator<PreparedStatement> statements = idle.values().iterator();
            PreparedStatement longest = statements.next();
            statements.remove();
            longest.close();
        }
    }

    /** Closing the connection closes its statements. */
    @Override
    public void close(Connection connection) {
        idle.clear();
        texts.clear();
    }
}
