package dev.linkspan.bench;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.plan.NetPlan.NextHop;
import dev.linkspan.core.port.NetworkDriver;
import dev.linkspan.server.network.linux.namespace.NetworkNamespace;
import dev.linkspan.server.network.linux.namespace.NetworkNamespaces;
import dev.linkspan.server.network.netns.NetnsDriver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** What it costs to forget the flows of one of many peerings, in a Net that tracks a great many others. */
final class FlowEndings implements Benchmark {

    private static final double MOST_MILLISECONDS = 50;
    private static final double NANOS = Duration.ofMillis(1).toNanos();
    private static final int FLOWS_PER_CHANGE = 1_000;
    private static final int PEERS_BESIDE_CHANGES = 25;
    private static final int FIRST_PORT = 1_024;
    private static final int PORTS = 60_000;

    @Override
    public String name() {
        return "flows";
    }

    @Override
    public String question() {
        return "deleting one of many peerings of a Net that tracks many flows";
    }

    @Override
    public boolean needsPackets() {
        return true;
    }

    @Override
    public List<Figure> measure(Extent extent) throws IOException {
        int flows = extent.changes() * FLOWS_PER_CHANGE;
        List<Double> idle = new ArrayList<>();
        List<Double> busy = new ArrayList<>();
        try (Hub hub = new Hub(extent.changes() + PEERS_BESIDE_CHANGES)) {
            for (int round = 0; round < extent.rounds(); round++) {
                idle.add(hub.part() / NANOS);
                hub.connect();
            }
            hub.fill(flows);
            for (int round = 0; round < extent.rounds(); round++) {
                busy.add(hub.part() / NANOS);
                hub.connect();
            }
        }
        return List.of(
                Figure.of("with %,d flows tracked".formatted(flows), Unit.MILLISECONDS, Samples.of(busy))
                        .below(MOST_MILLISECONDS)
                        .times(Samples.of(idle).median(), "with none"),
                Figure.of("with none", Unit.MILLISECONDS, Samples.of(idle)));
    }

    /** A Net with many peers, on the driver alone; the last of them comes and goes. */
    private static final class Hub implements AutoCloseable {

        private final CleanupStack undoing = new CleanupStack();
        private final NetworkDriver driver;
        private final NetworkNamespaces namespaces;
        private final PlannedNet hub = new PlannedNet(1);
        private final List<PlannedNet> peers;

        Hub(int count) {
            peers = IntStream.range(0, count)
                    .mapToObj(i -> new PlannedNet(i + 2))
                    .toList();
            Path folder = RunFolders.folder("flows", undoing);
            driver = NetnsDriver.open(folder);
            undoing.later(driver::close);
            namespaces = NetworkNamespaces.open(folder);
            undoing.later(namespaces::close);
            peers.forEach(peer -> driver.apply(peer.peered(hub, peer.wayTo(hub))));
            connect();
        }

        void connect() {
            driver.apply(peers.getLast().peered(hub, peers.getLast().wayTo(hub)));
            driver.apply(hub.peered(peers, routes()));
        }

        private Map<Cidr, NextHop> routes() {
            Map<Cidr, NextHop> routes = new HashMap<>();
            peers.forEach(peer -> routes.putAll(hub.wayTo(peer)));
            return routes;
        }

        /** Deletes the last peering, and returns how many nanoseconds the hub's side of it took. */
        long part() {
            long began = System.nanoTime();
            driver.apply(hub.peered(peers.subList(0, peers.size() - 1), routes()));
            long took = System.nanoTime() - began;
            driver.apply(peers.getLast().alone());
            return took;
        }

        /** A machine of the first peer sends to so many different ports. */
        void fill(int flows) {
            NetworkNamespace sender =
                    namespaces.find(peers.getFirst().vm().value()).orElseThrow();
            for (int left = flows; left > 0; left -= PORTS) {
                int count = Math.min(left, PORTS);
                sender.call(() -> {
                    send(count);
                    return true;
                });
            }
        }

        private void send(int ports) {
            try (DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET)) {
                InetAddress to = InetAddress.getByName(hub.address().toString());
                for (int i = 0; i < ports; i++) {
                    channel.send(ByteBuffer.allocate(1), new InetSocketAddress(to, FIRST_PORT + i));
                }
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }

        @Override
        public void close() {
            undoing.close();
        }
    }
}
