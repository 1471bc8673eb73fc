package dev.linkspan.server.network.ovsdb;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a server says of itself and its cluster, in its database {@code _Server}. Of a cluster only the leader is good enough: others
 * may be behind.
 */
final class Membership {

    static final String DATABASE = "_Server";
    static final String TABLE = "Database";
    static final Set<String> COLUMNS = Set.of("name", "model", "connected", "leader", "cid", "index");

    /** How far each cluster was when it was seen last: a member that is behind that was cut off, and tells old news. */
    private final Map<Value, Long> seen = new HashMap<>();

    /** What is wrong with the server, if something is. */
    Optional<String> objection(Tables server, String database) {
        return server.read(view -> view.rows(TABLE).values().stream()
                .filter(row -> row.text("name").equals(database))
                .findFirst()
                .map(this::objection)
                .orElseGet(() -> Optional.of("it does not have the database " + database)));
    }

    private Optional<String> objection(Row row) {
        if (!row.text("model").equals("clustered")) {
            return Optional.empty();
        }
        if (!isTrue(row, "connected")) {
            return Optional.of("it has no connection to its cluster");
        }
        if (!isTrue(row, "leader")) {
            return Optional.of("it is not the leader of its cluster");
        }
        long index = row.whole("index").orElse(0L);
        long latest = seen.merge(row.get("cid"), index, Math::max);
        return index < latest ? Optional.of("it is behind what was seen of its cluster") : Optional.empty();
    }

    private static boolean isTrue(Row row, String column) {
        return row.get(column) instanceof Value.Atoms(Set<Atom> atoms)
                && List.copyOf(atoms).equals(List.of(new Atom.Flag(true)));
    }
}
