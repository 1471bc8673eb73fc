package dev.linkspan.server.network.netns;

import java.io.IOException;
import java.util.Set;
import java.util.function.LongConsumer;

/** The prober's sockets in one VM. Nothing here waits; each probe carries its number, so that it cannot be mistaken. */
final class ProbeEnd implements AutoCloseable {

    private final String name;
    private final UdpEnd udp;
    private final TcpEnd tcp;
    private final IcmpEnd icmp;

    private ProbeEnd(NetworkNamespace vm, Set<Integer> ports) {
        name = vm.name();
        udp = new UdpEnd(vm, ports);
        tcp = new TcpEnd(vm, ports);
        icmp = new IcmpEnd(vm);
    }

    static ProbeEnd listen(NetworkNamespace vm, Set<Integer> ports) {
        return new ProbeEnd(vm, ports);
    }

    String name() {
        return name;
    }

    /** Each batch is made of new flows, so that what connection tracking knows of earlier ones does not matter. */
    void beginBatch() throws IOException {
        udp.renewSender();
        tcp.dropConnections();
    }

    void send(Probe probe, long tag) throws IOException {
        switch (probe) {
            case Probe.Udp datagram -> udp.send(datagram.to(), datagram.port(), tag);
            case Probe.Tcp connection -> tcp.connect(connection.to(), connection.port(), tag);
            case Probe.Icmp echo -> icmp.send(echo.to(), tag);
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
        return any;
    }

    @Override
    public void close() throws IOException {
        udp.close();
        tcp.close();
        icmp.close();
    }
}
