package dev.linkspan.server.network.vm;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.server.network.Probe;
import dev.linkspan.server.network.linux.namespace.NetworkNamespace;
import dev.linkspan.server.network.linux.netlink.AddressEntry;
import dev.linkspan.server.network.linux.netlink.Netlink;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;

/** The prober's sockets in one VM. Nothing here waits; each probe carries its number, so that it cannot be mistaken. */
final class ProbeEnd implements AutoCloseable {

    private final NetworkNamespace vm;
    private final UdpEnd udp;
    private final TcpEnd tcp;
    private final IcmpEnd icmp;
    private final ExperimentalEnd experimental;

    private ProbeEnd(NetworkNamespace vm, List<Ipv4> addresses, Set<Integer> ports) {
        this.vm = vm;
        udp = new UdpEnd(addresses, ports);
        tcp = new TcpEnd(ports);
        icmp = new IcmpEnd(addresses);
        experimental = new ExperimentalEnd(addresses);
    }

    static ProbeEnd listen(NetworkNamespace vm, Set<Integer> ports) {
        List<Ipv4> addresses = addressesOf(vm);
        return vm.call(() -> new ProbeEnd(vm, addresses, ports));
    }

    private static List<Ipv4> addressesOf(NetworkNamespace vm) {
        try (Netlink netlink = vm.openNetlink()) {
            return netlink.addresses().stream().map(AddressEntry::address).toList();
        }
    }

    String name() {
        return vm.name();
    }

    /** Each batch is made of new flows, so that what connection tracking knows of earlier ones does not matter. */
    void beginBatch() throws IOException {
        udp.renewSenders();
        tcp.dropConnections();
    }

    /** Sends the probes, by their numbers, all on one visit to the VM. */
    void send(Map<Long, Probe> probes) {
        vm.call(() -> {
            probes.forEach((tag, probe) -> send(probe, tag));
            return true;
        });
    }

    private void send(Probe probe, long tag) {
        switch (probe) {
            case Probe.Udp datagram -> udp.send(datagram.source(), datagram.to(), datagram.port(), tag);
            case Probe.Tcp connection -> tcp.connect(connection.source(), connection.to(), connection.port(), tag);
            case Probe.Icmp message -> icmp.send(message.source(), message.to(), message.type(), tag);
            case Probe.Experimental packet -> experimental.send(packet.source(), packet.to(), tag);
        }
    }

    /**
     * Takes what has arrived.
     *
     * @param received is told of each probe that this VM received
     * @param answered is told of each probe of this VM that was answered
     * @return whether there was anything
     */
    boolean poll(LongConsumer received, LongConsumer answered) throws IOException {
        boolean any = udp.poll(received, answered);
        any |= tcp.poll(received, answered);
        any |= icmp.poll(received, answered);
        any |= experimental.poll(received, answered);
        return any;
    }

    @Override
    public void close() throws IOException {
        udp.close();
        tcp.close();
        icmp.close();
        experimental.close();
    }
}
