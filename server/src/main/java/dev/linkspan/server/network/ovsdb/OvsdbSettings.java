package dev.linkspan.server.network.ovsdb;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Which database a client speaks with, and what of it it keeps a copy of.
 *
 * @param members where it is reached; of a cluster, every member, of which only the leader is used
 * @param certificates for members that are reached by {@code ssl:}
 * @param database its name, such as {@code OVN_Northbound}
 * @param monitored the columns to keep, by table; what the server's version does not have is left out
 * @param index by what rows of the copy are looked for
 * @param lock the lock that this client takes for itself, from whoever has it, to {@linkplain Operation.Assert assert} it in
 *     transactions: who had it before is refused from then on
 */
public record OvsdbSettings(
        List<Endpoint> members,
        Optional<Certificates> certificates,
        String database,
        Map<String, Set<String>> monitored,
        Function<Row, Optional<String>> index,
        Optional<String> lock,
        Limits limits) {

    public OvsdbSettings {
        members = List.copyOf(members);
        if (members.isEmpty()) {
            throw new IllegalArgumentException("a database has a member");
        }
        monitored = Map.copyOf(monitored);
    }

    /** A client that looks for nothing by an index, and takes no lock. */
    public static OvsdbSettings of(List<Endpoint> members, String database, Map<String, Set<String>> monitored) {
        return new OvsdbSettings(
                members,
                Optional.empty(),
                database,
                monitored,
                _ -> Optional.empty(),
                Optional.empty(),
                Limits.STANDARD);
    }

    /** The same with these certificates. */
    public OvsdbSettings with(Certificates shown) {
        return new OvsdbSettings(members, Optional.of(shown), database, monitored, index, lock, limits);
    }

    /** The same with other limits. */
    public OvsdbSettings with(Limits others) {
        return new OvsdbSettings(members, certificates, database, monitored, index, lock, others);
    }

    /** The same with an index. */
    public OvsdbSettings indexedBy(Function<Row, Optional<String>> key) {
        return new OvsdbSettings(members, certificates, database, monitored, key, lock, limits);
    }

    /** The same with a lock. */
    public OvsdbSettings locking(String name) {
        return new OvsdbSettings(members, certificates, database, monitored, index, Optional.of(name), limits);
    }

    /**
     * How long it waits, and how much it takes.
     *
     * @param connecting for a connection
     * @param answer for an answer, and for a connection that a transaction needs
     * @param silence without a sign of life after which a connection is given up
     * @param firstPause before all members are tried again; it doubles each time
     * @param longestPause at most
     * @param longestMessage in bytes
     */
    public record Limits(
            Duration connecting,
            Duration answer,
            Duration silence,
            Duration firstPause,
            Duration longestPause,
            long longestMessage) {

        public static final Limits STANDARD = new Limits(
                Duration.ofSeconds(3),
                Duration.ofSeconds(30),
                Duration.ofSeconds(15),
                Duration.ofMillis(100),
                Duration.ofSeconds(5),
                512L << 20);
    }
}
