package dev.linkspan.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Two tenants with many Nets each, and the pairs of them that were never peered yet. Any thread may take one. */
final class NetPairs {

    private final Tenant source;
    private final Tenant accepter;
    private final List<String> sourceNets = new ArrayList<>();
    private final List<String> accepterNets = new ArrayList<>();
    private final AtomicInteger taken = new AtomicInteger();

    /** Makes as many Nets as this many pairs need. */
    NetPairs(ServerUnderTest server, int pairs) {
        source = server.tenant();
        accepter = server.tenant();
        for (int i = 0; i * i < pairs; i++) {
            sourceNets.add(net(source, "10.%d.0.0/24".formatted(i)));
            accepterNets.add(net(accepter, "10.%d.1.0/24".formatted(i)));
        }
    }

    private static String net(Tenant owner, String range) {
        return owner.ask("CreateNet", "IpRange", range).text("Net", "NetId");
    }

    /** The first tenant asks, and the second one consents; each call's nanoseconds are added to the list. */
    void peerNext(List<Long> nanos) {
        int number = taken.getAndIncrement();
        int side = sourceNets.size();
        if (number >= side * side) {
            throw new IllegalStateException("BUG: every pair of Nets is peered");
        }
        // Along the diagonal, so that neighbours in time have no Net in common.
        String from = sourceNets.get(number % side);
        String to = accepterNets.get((number + number / side) % side);
        long began = System.nanoTime();
        String peering = source.requestPeering(from, accepter, to);
        long asked = System.nanoTime();
        accepter.acceptPeering(peering);
        nanos.add(asked - began);
        nanos.add(System.nanoTime() - asked);
    }
}
