package dev.linkspan.server.network.linux.conntrack;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.server.network.linux.Errno;
import dev.linkspan.server.network.linux.Libc;
import dev.linkspan.server.network.linux.netlink.Attributes;
import dev.linkspan.server.network.linux.netlink.MessageWriter;
import dev.linkspan.server.network.linux.netlink.NetlinkException;
import dev.linkspan.server.network.linux.netlink.NetlinkSocket;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The connection tracking of one network namespace (linux/netfilter/nfnetlink_conntrack.h), for IPv4. One thread at a time.
 * While it is open, the namespace lives, so it is opened for a piece of work and closed after it.
 */
public final class ConnectionTracking implements AutoCloseable {

    private static final int SUBSYSTEM = 1 << 8;
    private static final int GET = SUBSYSTEM | 1;
    private static final int DELETE = SUBSYSTEM | 2;
    private static final int GET_STATISTICS = SUBSYSTEM | 5;

    private static final int ORIGINAL = 1;
    private static final int REPLY = 2;
    private static final int PROTOCOL_INFO = 4;
    private static final int MARK = 8;
    private static final int ID = 12;
    private static final int ZONE = 18;
    private static final int MARK_MASK = 21;
    private static final int FILTER = 25;
    private static final int FILTER_ORIGINAL = 1;
    private static final int FILTER_BY_SOURCE = 1;
    private static final int FILTER_BY_DESTINATION = 1 << 1;

    private static final int ICMP = 1;

    private static final int TUPLE_ADDRESSES = 1;
    private static final int TUPLE_PROTOCOL = 2;
    private static final int SOURCE = 1;
    private static final int DESTINATION = 2;
    private static final int PROTOCOL_NUMBER = 1;
    private static final int SOURCE_PORT = 2;
    private static final int DESTINATION_PORT = 3;
    private static final int ICMP_ID = 4;
    private static final int ICMP_TYPE = 5;
    private static final int ICMP_CODE = 6;

    private static final int INFO_OF_TCP = 1;
    private static final int TCP_STATE = 1;
    private static final Set<Integer> CLOSED = Set.of(7, 8);

    private static final int STATISTICS_ENTRIES = 1;
    private static final int STATISTICS_MOST = 2;

    /** So many are left open at a time; the next one is closed by who has used it. */
    private static final int MOST_CLOSING = 64;

    private static final Executor CLOSING = new ThreadPoolExecutor(
            0,
            1,
            1,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MOST_CLOSING),
            Thread.ofPlatform().daemon().name("conntrack-closing").factory(),
            new ThreadPoolExecutor.CallerRunsPolicy());

    private final NetlinkSocket socket;

    /** Takes the socket over. */
    public ConnectionTracking(NetlinkSocket socket) {
        this.socket = socket;
    }

    /** Every flow, in no order. */
    public List<TrackedFlow> flows() {
        return socket.dump("list tracked flows", GET, header(), ConnectionTracking::flow);
    }

    /** Those with this mark, which is not 0. */
    public List<TrackedFlow> flowsMarked(int mark) {
        return socket.dump(
                "list the flows marked 0x%08x".formatted(mark),
                GET,
                header().andThen(marked(mark)),
                ConnectionTracking::flow);
    }

    /**
     * How full the table is.
     *
     * @param entries those of this namespace
     * @param most how many each namespace of this kernel may have
     */
    public record Fill(long entries, long most) {}

    /** How full the table is now. */
    public Fill fill() {
        return socket.ask("fill level of connection tracking", GET_STATISTICS, header(), answer -> {
            answer.getInt();
            Attributes statistics = Attributes.read(answer);
            return new Fill(
                    Integer.toUnsignedLong(
                            statistics.networkNumber(STATISTICS_ENTRIES).orElseThrow()),
                    statistics
                            .networkNumber(STATISTICS_MOST)
                            .map(Integer::toUnsignedLong)
                            .orElse(Long.MAX_VALUE));
        });
    }

    /**
     * Whether no flow is tracked. It asks for a number that the kernel keeps, whereas every list and every deletion looks
     * through a table that all namespaces share, for milliseconds.
     */
    public boolean isEmpty() {
        return fill().entries() == 0;
    }

    /** Who opened a flow. */
    public record Opening(Ipv4 opener, int mark) {}

    /** How many flows each opener has in the table that are not over yet, counted as they are read. */
    public Map<Opening, Integer> openings() {
        Map<Opening, Integer> openings = new HashMap<>();
        socket.dump("count tracked flows", GET, header(), message -> {
            Entry entry = Entry.read(message);
            if (!entry.isClosed()) {
                openings.merge(new Opening(entry.address(SOURCE), entry.mark()), 1, Integer::sum);
            }
            return Optional.empty();
        });
        return openings;
    }

    /** Forgets every flow with this mark, which is not 0. */
    public void forgetMarked(int mark) {
        socket.request("forget the flows marked 0x%08x".formatted(mark), DELETE, header().andThen(marked(mark)));
    }

    private static Consumer<MessageWriter> marked(int mark) {
        return writer -> writer.networkAttribute(MARK, mark).networkAttribute(MARK_MASK, -1);
    }

    /** Forgets every flow that this address opened or answers. */
    public void forgetOf(Ipv4 address) {
        forget(address, _ -> {});
    }

    /** Forgets those of them that have this mark, which is not 0. */
    public void forgetOf(Ipv4 address, int mark) {
        forget(address, marked(mark));
    }

    private void forget(Ipv4 address, Consumer<MessageWriter> narrowing) {
        forget(address, SOURCE, FILTER_BY_SOURCE, narrowing);
        forget(address, DESTINATION, FILTER_BY_DESTINATION, narrowing);
    }

    private void forget(Ipv4 address, int end, int filter, Consumer<MessageWriter> narrowing) {
        Consumer<MessageWriter> byAddress = writer -> writer.nested(
                        ORIGINAL, () -> writer.nested(TUPLE_ADDRESSES, () -> writer.attribute(end, address)))
                .nested(FILTER, () -> writer.attribute(FILTER_ORIGINAL, filter));
        socket.request(
                "forget the flows of " + address,
                DELETE,
                header().andThen(byAddress).andThen(narrowing));
    }

    /** Forgets these flows; one that has ended by itself is no error. */
    public void forget(Collection<TrackedFlow> flows) {
        for (TrackedFlow flow : flows) {
            try {
                socket.request("forget " + flow, DELETE, header().andThen(writer -> describe(writer, flow)));
            } catch (NetlinkException refused) {
                if (refused.failures().stream().anyMatch(failure -> failure.errno() != Errno.ENOENT)) {
                    throw refused;
                }
            }
        }
    }

    /**
     * Closes the socket a little later, on a thread of its own: the kernel has whoever closes a socket of netfilter wait until
     * it has freed what the namespace's last change of the packet filter replaced, which takes it some ten milliseconds.
     */
    @Override
    public void close() {
        CLOSING.execute(socket::close);
    }

    private static void describe(MessageWriter writer, TrackedFlow flow) {
        writer.nested(ORIGINAL, () -> {
                    writer.nested(
                            TUPLE_ADDRESSES,
                            () -> writer.attribute(SOURCE, flow.opener()).attribute(DESTINATION, flow.responder()));
                    writer.nested(TUPLE_PROTOCOL, () -> protocol(writer, flow));
                })
                .networkShortAttribute(ZONE, flow.zone())
                .attribute(ID, flow.id());
    }

    private static void protocol(MessageWriter writer, TrackedFlow flow) {
        writer.byteAttribute(PROTOCOL_NUMBER, flow.protocol());
        if (flow.protocol() == ICMP) {
            writer.networkShortAttribute(ICMP_ID, flow.from())
                    .byteAttribute(ICMP_TYPE, flow.to() >> 8)
                    .byteAttribute(ICMP_CODE, flow.to() & 0xff);
        } else {
            writer.networkShortAttribute(SOURCE_PORT, flow.from()).networkShortAttribute(DESTINATION_PORT, flow.to());
        }
    }

    private static Optional<TrackedFlow> flow(ByteBuffer message) {
        Entry entry = Entry.read(message);
        Attributes protocol = entry.original().nested(TUPLE_PROTOCOL).orElseThrow();
        boolean icmp = protocol.has(ICMP_TYPE);
        return Optional.of(new TrackedFlow(
                protocol.octet(PROTOCOL_NUMBER),
                entry.address(SOURCE),
                entry.address(DESTINATION),
                protocol.networkShort(icmp ? ICMP_ID : SOURCE_PORT),
                icmp
                        ? protocol.octet(ICMP_TYPE) << 8 | protocol.octet(ICMP_CODE)
                        : protocol.networkShort(DESTINATION_PORT),
                entry.replyAddress(SOURCE),
                entry.replyAddress(DESTINATION),
                entry.zone(),
                entry.mark(),
                entry.id()));
    }

    /**
     * An entry of the table, as a message has it.
     *
     * @param original what is known of the packet that opened the flow
     * @param addresses those of that packet
     */
    private record Entry(Attributes attributes, Attributes original, Attributes addresses) {

        static Entry read(ByteBuffer message) {
            message.getInt();
            Attributes attributes = Attributes.read(message);
            Attributes original = attributes.nested(ORIGINAL).orElseThrow();
            return new Entry(
                    attributes, original, original.nested(TUPLE_ADDRESSES).orElseThrow());
        }

        /** @param end {@link #SOURCE} or {@link #DESTINATION} */
        Ipv4 address(int end) {
            return addresses.address(end).orElseThrow();
        }

        /** That of the packet that answers, as it reaches the packet filter. */
        Ipv4 replyAddress(int end) {
            return attributes
                    .nested(REPLY)
                    .flatMap(reply -> reply.nested(TUPLE_ADDRESSES))
                    .flatMap(tuple -> tuple.address(end))
                    .orElseThrow();
        }

        int zone() {
            return attributes.has(ZONE) ? attributes.networkShort(ZONE) : 0;
        }

        int mark() {
            return attributes.networkNumber(MARK).orElse(0);
        }

        int id() {
            return attributes.number(ID, 0);
        }

        boolean isClosed() {
            return attributes
                    .nested(PROTOCOL_INFO)
                    .flatMap(info -> info.nested(INFO_OF_TCP))
                    .filter(tcp -> CLOSED.contains(tcp.octet(TCP_STATE)))
                    .isPresent();
        }
    }

    /** The family, the version, and no resource, which every message of netfilter begins with. */
    private static Consumer<MessageWriter> header() {
        return writer -> writer.u8(Libc.AF_INET, 0).u16(0);
    }
}
