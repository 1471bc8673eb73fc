package dev.linkspan.server.network.linux.netlink;

import dev.linkspan.server.network.linux.Libc;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A client of rtnetlink in one network namespace, for any thread. While it is open, the namespace lives even if it was
 * deleted, so it is opened for a piece of work and closed after it.
 */
public final class Netlink implements AutoCloseable {

    private final NetlinkSocket socket;

    /** Closes the socket at its own end. */
    public Netlink(NetlinkSocket socket) {
        this.socket = socket;
    }

    /**
     * Carries out the requests in their order, many in one system call. The kernel goes on after a request that it refuses;
     * the exception names each refused one with its reason.
     */
    public synchronized void apply(Collection<? extends NetlinkRequest> requests) {
        try (NetlinkBatch batch = new NetlinkBatch(socket)) {
            requests.forEach(batch::add);
            batch.finish();
        }
    }

    /** Carries out one request. */
    public void apply(NetlinkRequest request) {
        apply(List.of(request));
    }

    /** Every device of the namespace. */
    public synchronized List<NetworkDevice> devices() {
        return socket.dump(
                "list links",
                Rtnetlink.GET_LINK,
                writer -> writer.u32(0)
                        .u32(0)
                        .u32(0)
                        .u32(0)
                        .attribute(Rtnetlink.LINK_EXTENSIONS, Rtnetlink.SKIP_STATISTICS),
                message -> Optional.of(RecordDecoder.link(message)));
    }

    /**
     * Has the kernel note the carrier of these devices now. It takes note of a device's other end coming up when it finds the time, and
     * loses what is sent before; a question for that very device makes it do so at once (a list of all does not).
     */
    public synchronized void noteCarrier(Collection<String> devices) {
        devices.forEach(device -> NetlinkBatch.link(socket, device));
    }

    /** The addresses of all devices. */
    public synchronized List<AddressEntry> addresses() {
        RecordDecoder decoder = decoder();
        return socket.dump(
                "list addresses",
                Rtnetlink.GET_ADDRESS,
                writer -> writer.u8(Libc.AF_INET, 0, 0, 0).u32(0),
                decoder::address);
    }

    /** The routes of every table, without those that the kernel makes by itself for addresses. */
    public synchronized List<RouteEntry> routes() {
        RecordDecoder decoder = decoder();
        return socket.dump("list routes", Rtnetlink.GET_ROUTE, Netlink::ipv4Routing, decoder::route);
    }

    /**
     * The rules in the order in which they are asked; a new namespace has three of the kernel's: 0, 32766 and 32767. Where
     * they take several messages, the kernel goes on by position: rules that are deleted meanwhile hide others, and nothing
     * tells. So they are listed until the same list comes twice.
     */
    public synchronized List<RuleEntry> rules() {
        List<RuleEntry> last = dumpRules();
        for (List<RuleEntry> again = dumpRules(); !again.equals(last); again = dumpRules()) {
            last = again;
        }
        return last;
    }

    private List<RuleEntry> dumpRules() {
        return socket.dump(
                "list rules",
                Rtnetlink.GET_RULE,
                Netlink::ipv4Routing,
                message -> Optional.of(RecordDecoder.rule(message)));
    }

    /** The permanent entries of the neighbour tables. */
    public synchronized List<Neighbour> neighbours() {
        RecordDecoder decoder = decoder();
        return socket.dump(
                "list neighbours",
                Rtnetlink.GET_NEIGHBOUR,
                writer -> writer.u8(Libc.AF_INET, 0).u16(0).u32(0).u16(0).u8(0, 0),
                decoder::neighbour);
    }

    /** By link: how long at most it waits before it answers ARP for others. */
    public synchronized Map<String, Duration> proxyDelays() {
        RecordDecoder decoder = decoder();
        return socket
                .dump(
                        "list neighbour tables",
                        Rtnetlink.GET_NEIGHBOUR_TABLE,
                        writer -> writer.u8(Libc.AF_INET, 0).u16(0),
                        decoder::proxyDelay)
                .stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @Override
    public synchronized void close() {
        socket.close();
    }

    /** What a question for routes and one for rules begins with. */
    private static void ipv4Routing(MessageWriter writer) {
        writer.u8(Libc.AF_INET, 0, 0, 0).u8(0, 0, 0, 0).u32(0);
    }

    private RecordDecoder decoder() {
        return new RecordDecoder(
                devices().stream().collect(Collectors.toMap(NetworkDevice::index, NetworkDevice::name)));
    }
}
