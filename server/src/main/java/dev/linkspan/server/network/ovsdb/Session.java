package dev.linkspan.server.network.ovsdb;

import dev.linkspan.server.network.ovsdb.Tables.Origin;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;

/** A connection to a member that is good enough, over which the copy of the tables is kept. */
final class Session implements AutoCloseable {

    private static final Json MONITOR = new Json.Text("tables");
    private static final Json SERVER_MONITOR = new Json.Text("server");

    private final OvsdbSettings settings;
    private final Membership membership;
    private final Tables tables;
    private final Tables server = new Tables(_ -> Optional.empty());
    private final Connection connection;
    private Schema schema = new Schema(Map.of());
    private Schema serverSchema = new Schema(Map.of());

    private Session(OvsdbSettings settings, Transport transport, String name, Membership membership, Tables tables)
            throws IOException {
        this.settings = settings;
        this.membership = membership;
        this.tables = tables;
        this.connection = Connection.over(
                transport, name, settings.limits().answer(), settings.limits().longestMessage(), this::notified);
    }

    /** Brings the copy up to date; throws where the member is of no use, or not now. */
    static Session open(
            OvsdbSettings settings,
            Endpoint member,
            Optional<SSLSocketFactory> tls,
            Membership membership,
            Tables tables,
            boolean first)
            throws IOException {
        Transport transport = Transport.open(member, tls, settings.limits().connecting());
        Session session = new Session(settings, transport, member.toString(), membership, tables);
        try {
            session.begin(first);
            return session;
        } catch (RuntimeException failed) {
            session.close();
            throw failed;
        }
    }

    private void begin(boolean first) {
        List<Json> databases = connection.call("list_dbs").asItems();
        Json.Text name = new Json.Text(settings.database());
        if (databases.contains(new Json.Text(Membership.DATABASE))) {
            monitorServer();
            requireGood();
        } else if (!databases.contains(name)) {
            throw new OvsdbException.Unavailable("it does not have the database " + settings.database());
        }
        schema = Schema.of(connection.call("get_schema", name)).only(settings.monitored());
        settings.lock().ifPresent(lock -> connection.call(first ? "steal" : "lock", new Json.Text(lock)));
        monitor(name);
    }

    private void monitorServer() {
        Json.Text name = new Json.Text(Membership.DATABASE);
        serverSchema =
                Schema.of(connection.call("get_schema", name)).only(Map.of(Membership.TABLE, Membership.COLUMNS));
        Json.Array parameters = Json.Array.of(name, SERVER_MONITOR, requests(serverSchema));
        server.feedFrom(this);
        connection.call("monitor_cond", parameters, updates -> {
            server.apply(this, new Origin(serverSchema, new Json.Nothing()), updates, true);
            return updates;
        });
    }

    private void requireGood() {
        membership.objection(server, settings.database()).ifPresent(objection -> {
            throw new OvsdbException.Unavailable(objection);
        });
    }

    /** The answer is {@code [found, last transaction, updates]}: all rows, unless the server knows what was asked to go on from. */
    private void monitor(Json.Text name) {
        Origin origin = tables.feedFrom(this);
        Json since = (schema.equals(origin.schema()) ? origin : Origin.NOTHING).transaction();
        Json.Array parameters = Json.Array.of(name, MONITOR, requests(schema), since);
        connection.call("monitor_cond_since", parameters, answer -> {
            List<Json> parts = answer.asItems();
            requireParts("monitor_cond_since", parts, 3);
            boolean found = parts.getFirst().equals(new Json.Flag(true));
            tables.apply(this, new Origin(schema, parts.get(1)), parts.get(2), !found);
            return answer;
        });
    }

    private static Json requests(Schema monitored) {
        Map<String, Json> requests = new LinkedHashMap<>();
        monitored.tables().forEach((table, columns) -> {
            Json names = new Json.Array(
                    columns.keySet().stream().<Json>map(Json.Text::new).toList());
            requests.put(table, Json.Array.of(new Json.Members(Map.of("columns", names))));
        });
        return new Json.Members(requests);
    }

    private void notified(String method, List<Json> parameters) {
        switch (method) {
            case "update3" -> {
                requireParts(method, parameters, 3);
                tables.apply(this, new Origin(schema, parameters.get(1)), parameters.get(2), false);
            }
            case "update2" -> {
                requireParts(method, parameters, 2);
                server.apply(this, new Origin(serverSchema, new Json.Nothing()), parameters.get(1), false);
                membership.objection(server, settings.database()).ifPresent(connection::end);
            }
            case "monitor_canceled" -> connection.end("the database was removed or has another schema now");
            default -> {
                // Whether a lock is held is asked in each transaction.
            }
        }
    }

    private static void requireParts(String method, List<Json> parts, int expected) {
        if (parts.size() != expected) {
            throw new OvsdbException.Malformed("%s tells %d parts".formatted(method, parts.size()));
        }
    }

    List<OperationResult> transact(List<Operation> operations) {
        Json[] parameters = new Json[operations.size() + 1];
        parameters[0] = new Json.Text(settings.database());
        for (int i = 0; i < operations.size(); i++) {
            parameters[i + 1] = operations.get(i).json();
        }
        return OperationResult.of(connection.call("transact", parameters), operations.size());
    }

    /** Watches over the connection until it ends, and says why it did; empty where it goes on. */
    Optional<String> watch(Duration within) throws InterruptedException {
        Optional<String> end = connection.awaitEnd(within);
        if (end.isEmpty()) {
            connection.watch(settings.limits().silence());
        }
        return end;
    }

    /** Gives the member up. */
    void end(String reason) {
        connection.end(reason);
    }

    @Override
    public void close() {
        connection.close();
    }
}
