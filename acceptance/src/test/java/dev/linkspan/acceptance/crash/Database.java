package dev.linkspan.acceptance.crash;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A server's database, looked at past the server: no half of a change may be there, and the log must explain the rows. */
record Database(String url) {

    /** Each must find nothing. */
    private static final Map<String, String> FAULTS = Map.of(
            "a Net without its one main route table with a local route", """
            select id from net where (
                select count(*) from route_table_link l join route r on r.route_table_id = l.route_table_id
                where l.net_id = net.id and l.subnet_id is null and r.target = 'local') <> 1
            """,
            "a Net without its default group of two rules", """
            select id from net where (
                select count(*) from security_group g join security_group_rule r on r.security_group_id = g.id
                where g.net_id = net.id and g.name = 'default') <> 2
            """,
            "a route table without a link", """
            select id from route_table where id not in (select route_table_id from route_table_link)
            """,
            "a tag of nothing", """
            select resource_id from tag where resource_id like 'vpc-%' and resource_id not in (select id from net)
            """,
            "a Net or key without the event that made it", """
            select id from (select id from net union all select id from access_key) made
            where id not in (select subject from event where event_type in ('NET_CREATED', 'ACCESS_KEY_CREATED'))
            """,
            "a Net or key that the log removed", """
            select id from (select id from net union all select id from access_key) made
            where id in (select subject from event where event_type in ('NET_DELETED', 'ACCESS_KEY_DELETED'))
            """,
            "an event of a Net or key that is not there", """
            select subject from event where event_type in ('NET_CREATED', 'ACCESS_KEY_CREATED')
                and subject not in (select id from net) and subject not in (select id from access_key)
                and subject not in (
                    select subject from event where event_type in ('NET_DELETED', 'ACCESS_KEY_DELETED'))
            """,
            "a Region whose head is not its newest event", """
            select name from region where last_sequence <> (select count(*) from event where region_name = name)
                or last_sequence > 0 and last_change_at
                    < (select happened_at from event where region_name = name and sequence = last_sequence)
            """);

    static Database sqlite(Path data) {
        return new Database("jdbc:sqlite:" + data.resolve("linkspan.db"));
    }

    /** The log of a Region, in its order. */
    List<LoggedEvent> events(String region) throws SQLException {
        List<LoggedEvent> events = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select * from event where region_name = '%s' order by sequence".formatted(region))) {
            while (row.next()) {
                events.add(new LoggedEvent(
                        row.getLong("sequence"),
                        row.getLong("happened_at"),
                        row.getString("actor"),
                        row.getString("request_id"),
                        row.getString("event_type"),
                        row.getString("subject")));
            }
        }
        return events;
    }

    /** The recorded state of each peering, by id. */
    Map<String, String> peeringStates() throws SQLException {
        Map<String, String> states = new HashMap<>();
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select id, state from net_peering")) {
            while (row.next()) {
                states.put(row.getString("id"), row.getString("state"));
            }
        }
        return states;
    }

    /** The server that has this work and no other, by the name that it gives itself. */
    String leaseHolder(String work) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select holder from lease where name = '%s'".formatted(work))) {
            row.next();
            return row.getString("holder");
        }
    }

    /** Whether a server's batch waits for one that is under way and whose server does nothing (PostgreSQL). */
    boolean isKeptWaitingByAnIdleServer() throws SQLException {
        String query = """
                select exists (
                    select 1 from pg_stat_activity waiting
                    join pg_stat_activity holder on holder.pid = any (pg_blocking_pids(waiting.pid))
                    where waiting.datname = current_database() and waiting.application_name = 'linkspan-writer'
                        and holder.application_name = 'linkspan-writer' and holder.state = 'idle in transaction')
                """;
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getBoolean(1);
        }
    }

    /** What is half there; empty where all is well. */
    List<String> faults() throws SQLException {
        List<String> faults = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            for (Map.Entry<String, String> check : FAULTS.entrySet()) {
                try (ResultSet row = statement.executeQuery(check.getValue())) {
                    while (row.next()) {
                        faults.add(check.getKey() + ": " + row.getString(1));
                    }
                }
            }
        }
        return faults;
    }
}
