package dev.linkspan.server.network.linux.nftables;

import dev.linkspan.server.network.linux.Libc;
import dev.linkspan.server.network.linux.NamespaceExecutor;
import dev.linkspan.server.network.linux.netlink.Attributes;
import dev.linkspan.server.network.linux.netlink.MessageWriter;
import dev.linkspan.server.network.linux.netlink.NetlinkSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * An open session with the packet filter of one network namespace: the library's context for commands, and a socket for
 * the two questions that need no library. One thread at a time. While it is open, the namespace lives.
 */
final class NftablesSession implements AutoCloseable {

    /** The library waits by {@code select}, which ends the process at a descriptor of 1,024 or more; others open files meanwhile. */
    private static final int HIGHEST_DESCRIPTOR = 900;

    private static final int SUBSYSTEM = 10 << 8;
    private static final int GET_RULE = SUBSYSTEM | 7;
    private static final int GET_GENERATION = SUBSYSTEM | 16;
    private static final int RULE_TABLE = 1;
    private static final int RULE_CHAIN = 2;
    private static final int RULE_USER_DATA = 7;
    private static final int GENERATION_ID = 1;
    private static final int USER_DATA_COMMENT = 0;

    private final NamespaceExecutor namespace;
    private final LibNftables.Context context;
    private final NetlinkSocket socket;

    private NftablesSession(NamespaceExecutor namespace, LibNftables.Context context, NetlinkSocket socket) {
        this.namespace = namespace;
        this.context = context;
        this.socket = socket;
    }

    /** Throws {@link NftablesException} while so many files are open that the library would end the process. */
    static NftablesSession open(NamespaceExecutor namespace, LibNftables library) {
        return namespace.call(() -> {
            NetlinkSocket socket = NetlinkSocket.open(NetlinkSocket.NETFILTER);
            if (socket.descriptor() > HIGHEST_DESCRIPTOR) {
                socket.close();
                throw new NftablesException(
                        "more than %d files and connections are open, with which nftables cannot work"
                                .formatted(HIGHEST_DESCRIPTOR),
                        "");
            }
            return new NftablesSession(namespace, library.open(), socket);
        });
    }

    /**
     * Runs commands, and answers what they print. The library's socket stays in its namespace by itself, except that
     * versions before 0.9.9 open another one when a signal interrupts them; on a thread in the namespace that, too, cannot
     * reach the host's filter.
     */
    String run(String commands, int outputFlags) {
        return namespace.call(() -> context.run(commands, outputFlags));
    }

    long generation() {
        return socket.ask(
                "generation of the rule set",
                GET_GENERATION,
                writer -> header(writer, 0),
                answer -> Integer.toUnsignedLong(
                        attributes(answer).networkNumber(GENERATION_ID).orElseThrow()));
    }

    /** The comments of the rules of a chain; none where there is no such chain. */
    List<String> comments(String table, String chain) {
        return socket.dump(
                "list the rules of the chain " + chain,
                GET_RULE,
                writer -> header(writer, Libc.AF_INET)
                        .attribute(RULE_TABLE, table)
                        .attribute(RULE_CHAIN, chain),
                rule -> attributes(rule).bytes(RULE_USER_DATA).flatMap(NftablesSession::comment));
    }

    @Override
    public void close() {
        socket.close();
        context.close();
    }

    private static MessageWriter header(MessageWriter writer, int family) {
        return writer.u8(family, 0).u16(0);
    }

    private static Attributes attributes(ByteBuffer message) {
        message.getInt();
        return Attributes.read(message);
    }

    /** User data is a list of (type, length, value), each type and length one byte. */
    private static Optional<String> comment(byte[] userData) {
        ByteBuffer data = ByteBuffer.wrap(userData);
        while (data.remaining() >= 2) {
            int type = data.get();
            byte[] value = new byte[Math.min(Byte.toUnsignedInt(data.get()), data.remaining())];
            data.get(value);
            if (type == USER_DATA_COMMENT) {
                return Optional.of(new String(value, StandardCharsets.UTF_8).replace("\0", ""));
            }
        }
        return Optional.empty();
    }
}
