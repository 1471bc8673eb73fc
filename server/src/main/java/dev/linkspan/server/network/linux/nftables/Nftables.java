package dev.linkspan.server.network.linux.nftables;

import dev.linkspan.server.network.linux.NamespaceExecutor;
import java.util.Optional;

/**
 * The packet filter of one network namespace, for any thread. Commands are nftables' own language (nft(8)); those of one
 * call take effect together, between two packets.
 *
 * <h2>Stamps</h2>
 *
 * To compare a filter with what it should be would mean to read all of it and to parse what nftables has normalized. A stamp
 * answers the same question for two small messages. It is the comment of a rule in a chain of its own, which no packet
 * visits, written in the same transaction as the content. It holds a digest of the content as the writer knows it, and the
 * generation that the namespace's rule set has after the transaction. The kernel counts a generation for each transaction of
 * anybody, so as long as the generation is the stamped one, nobody has changed a rule, an element or a table. A change
 * between the reading of the generation and the transaction leaves a stamp that does not fit: the answer may be a needless
 * "touched", never a false "untouched".
 */
public final class Nftables {

    private static final String STAMP_CHAIN = "c_stamp";
    private static final long LAST_GENERATION = 0xffffffffL;

    private final NamespaceExecutor namespace;
    private final NftablesSessions sessions;

    /** Opens a session when it is first used. */
    public Nftables(NamespaceExecutor namespace, NftablesSessions sessions) {
        this.namespace = namespace;
        this.sessions = sessions;
    }

    /** Carries out all of the commands, or none and throws {@link NftablesException}. */
    public void run(String commands) {
        sessions.in(namespace, session -> session.run(commands, 0));
    }

    /** What {@code nft list} prints, for {@code table ip linkspan} and the like. */
    public String list(String what) {
        return sessions.in(namespace, session -> session.run("list " + what, 0));
    }

    /** What {@code nft -j list} prints (libnftables-json(5)). */
    public String listJson(String what) {
        return sessions.in(namespace, session -> session.run("list " + what, LibNftables.JSON));
    }

    /** The number of the namespace's rule set, which grows by one with each transaction of anybody. */
    public long generation() {
        return sessions.in(namespace, NftablesSession::generation);
    }

    /**
     * Carries out the commands like {@link #run}, and stamps the table with their digest.
     *
     * @param table an IPv4 table, which exists or is made by the commands
     * @param digest letters and digits, 100 at most, that stand for the whole content of the table
     */
    public void runStamped(String commands, String table, String digest) {
        sessions.in(namespace, session -> {
            Stamp stamp = new Stamp(next(session.generation()), digest);
            return session.run("""
                    %1$s
                    add chain ip %2$s %3$s
                    flush chain ip %2$s %3$s
                    add rule ip %2$s %3$s return comment "%4$s"
                    """.formatted(commands, table, STAMP_CHAIN, stamp), 0);
        });
    }

    /**
     * The digest of the table's content as {@link #runStamped} left it; empty if anybody has changed anything since, and
     * where there is no such table.
     */
    public Optional<String> untouchedDigest(String table) {
        return sessions.in(namespace, session -> {
            long generation = session.generation();
            return session.comments(table, STAMP_CHAIN).stream()
                    .flatMap(comment -> Stamp.parse(comment).stream())
                    .filter(stamp -> stamp.generation == generation)
                    .map(Stamp::digest)
                    .findFirst();
        });
    }

    private record Stamp(long generation, String digest) {

        static Optional<Stamp> parse(String comment) {
            String[] parts = comment.split(" ", -1);
            return parts.length == 2 && parts[0].matches("[0-9]{1,10}")
                    ? Optional.of(new Stamp(Long.parseLong(parts[0]), parts[1]))
                    : Optional.empty();
        }

        @Override
        public String toString() {
            return generation + " " + digest;
        }
    }

    /** The kernel leaves out 0 when it has counted through 32 bits. */
    private static long next(long generation) {
        return generation == LAST_GENERATION ? 1 : generation + 1;
    }
}
