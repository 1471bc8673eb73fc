package dev.linkspan.server.network.ovn;

import dev.linkspan.core.id.NetId;
import dev.linkspan.server.network.ovsdb.Row;
import dev.linkspan.server.network.ovsdb.Value;
import java.util.Map;
import java.util.Optional;

/**
 * Whose a row is, in its {@code external_ids}: only rows that the driver has marked are touched, and all of them can be found.
 *
 * @param network what tells the network of this server from those of others in the same database
 */
record NbMarks(String network) {

    private static final String NETWORK = "linkspan-network";
    private static final String NET = "linkspan-net";
    private static final String KEY = "linkspan-key";
    private static final String REVISION = "linkspan-revision";

    /** What the index of the copy says of a row without a mark. */
    private static final String UNMARKED = "unmarked ";

    /** The marks of a row. */
    Value of(NetId net, String key) {
        return Value.pairs(Map.of(NETWORK, network, NET, net.value(), KEY, key));
    }

    /** The marks of the row that tells how often a Net was changed. */
    Value ofRevision(NetId net, long revision) {
        return Value.pairs(Map.of(NETWORK, network, NET, net.value(), REVISION, Long.toString(revision)));
    }

    /** What the row is of its Net; empty for what is not this driver's. */
    static Optional<String> key(Row row) {
        return row.get(NbTable.EXTERNAL_IDS).at(KEY);
    }

    /** How often the Net was changed; empty for a row that tells something else. */
    static Optional<Long> revision(Row row) {
        return row.get(NbTable.EXTERNAL_IDS)
                .at(REVISION)
                .filter(text -> text.matches("[0-9]{1,18}"))
                .map(Long::valueOf);
    }

    /** By what the rows of the copy are found: the Net that they are of, or the name of one that nobody's mark is on. */
    Optional<String> index(Row row) {
        Value ids = row.get(NbTable.EXTERNAL_IDS);
        Optional<String> of = ids.at(NETWORK);
        return of.isEmpty()
                ? Optional.of(unmarked(row.text("name")))
                : of.filter(network::equals).flatMap(_ -> ids.at(NET));
    }

    /** By what a row of this name is found from which somebody has taken the marks. */
    static String unmarked(String name) {
        return UNMARKED + name;
    }
}
