package dev.linkspan.bench;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Tenants with many Nets, and the pairs of these that were never peered yet. Any thread may take one. */
final class NetPairs {

    /** On each side, so that no account has more requests waiting than its quota allows. */
    private static final int TENANTS = 8;

    private record Owned(Tenant owner, String net) {}

    private final List<Owned> sources;
    private final List<Owned> accepters;
    private final AtomicInteger taken = new AtomicInteger();

    /** Makes as many Nets as this many pairs need. */
    NetPairs(ServerUnderTest server, int pairs) {
        int side = (int) Math.ceil(Math.sqrt(pairs));
        sources = nets(server, side, 0);
        accepters = nets(server, side, 1);
    }

    private static List<Owned> nets(ServerUnderTest server, int count, int third) {
        List<Tenant> tenants = Stream.generate(server::tenant).limit(TENANTS).toList();
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    Tenant owner = tenants.get(i % TENANTS);
                    String range = "10.%d.%d.0/24".formatted(i, third);
                    return new Owned(
                            owner, owner.ask("CreateNet", "IpRange", range).text("Net", "NetId"));
                })
                .toList();
    }

    /** One of the APIs' way to ask for a peering. */
    @FunctionalInterface
    private interface Asking {
        String ask(Tenant from, String net, Tenant other, String otherNet);
    }

    /** One tenant asks, and another one consents; each call's nanoseconds are added to the list. */
    void peerNext(List<Long> nanos) {
        next(nanos, Tenant::requestPeering, Tenant::acceptPeering);
    }

    /** The same by the EC2 API. */
    void connectNext(List<Long> nanos) {
        next(nanos, Tenant::requestConnection, Tenant::acceptConnection);
    }

    private void next(List<Long> nanos, Asking asking, BiConsumer<Tenant, String> accepting) {
        int number = taken.getAndIncrement();
        int side = sources.size();
        if (number >= side * side) {
            throw new IllegalStateException("BUG: every pair of Nets is peered");
        }
        // Along the diagonal, so that neighbours in time have no Net in common.
        Owned from = sources.get(number % side);
        Owned to = accepters.get((number + number / side) % side);
        long began = System.nanoTime();
        String peering = asking.ask(from.owner(), from.net(), to.owner(), to.net());
        long asked = System.nanoTime();
        accepting.accept(to.owner(), peering);
        nanos.add(asked - began);
        nanos.add(System.nanoTime() - asked);
    }
}
