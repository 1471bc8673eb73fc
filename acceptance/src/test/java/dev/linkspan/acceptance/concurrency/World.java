package dev.linkspan.acceptance.concurrency;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What does not change while a history is made.
 *
 * @param nets by their ids
 * @param limits by the ids of the accounts that have limits of their own
 * @param peerings that there were before
 * @param births when others were born, by their ids, where the clock does not stand still between two moves
 */
record World(
        Map<String, OwnedNet> nets, Map<String, Limits> limits, List<Peering> peerings, Map<String, Instant> births) {

    /** What an account may have (P12). */
    record Limits(int activePerNet, int outstanding) {
        static final Limits STANDARD = new Limits(125, 25);
    }

    /** A Net and whose it is. */
    record OwnedNet(String id, String range, String owner) {}

    World {
        nets = Map.copyOf(nets);
        limits = Map.copyOf(limits);
        peerings = List.copyOf(peerings);
        births = Map.copyOf(births);
    }

    static World of(List<OwnedNet> nets, Map<String, Limits> limits) {
        return new World(
                nets.stream().collect(Collectors.toMap(OwnedNet::id, Function.identity())),
                limits,
                List.of(),
                Map.of());
    }

    World with(List<Peering> before, Map<String, Instant> born) {
        return new World(nets, limits, before, born);
    }

    /** The same with the peerings of one pair of Nets. */
    World between(Set<String> pair) {
        return with(
                peerings.stream()
                        .filter(it -> pair.equals(Set.of(it.source(), it.accepter())))
                        .toList(),
                births);
    }

    OwnedNet net(String id) {
        OwnedNet net = nets.get(id);
        if (net == null) {
            throw new IllegalArgumentException(id + " is no Net of this history");
        }
        return net;
    }

    String owner(String net) {
        return net(net).owner();
    }

    Limits limitsOf(String account) {
        return limits.getOrDefault(account, Limits.STANDARD);
    }

    List<String> accounts() {
        return nets.values().stream().map(OwnedNet::owner).distinct().sorted().toList();
    }
}
