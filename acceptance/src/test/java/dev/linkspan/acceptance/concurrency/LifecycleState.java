package dev.linkspan.acceptance.concurrency;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The time, and the peerings that can be seen then, each as it is then, in the order of answers: live ones first, then by
 * creation, then by id.
 */
record LifecycleState(Instant now, List<Peering> peerings) {

    private static final Comparator<Peering> ORDER = Comparator.comparing(Peering::isLive)
            .reversed()
            .thenComparing(Peering::createdAt)
            .thenComparing(Peering::id);

    LifecycleState {
        Instant at = now;
        peerings = peerings.stream()
                .map(peering -> peering.at(at))
                .filter(peering -> peering.isVisibleAt(at))
                .sorted(ORDER)
                .toList();
    }

    LifecycleState at(Instant time) {
        return new LifecycleState(time, peerings);
    }

    /** This state with the peering as it is given; it may be new. */
    LifecycleState with(Peering changed) {
        Stream<Peering> others =
                peerings.stream().filter(peering -> !peering.id().equals(changed.id()));
        return new LifecycleState(now, Stream.concat(others, Stream.of(changed)).toList());
    }

    Optional<Peering> peering(String id) {
        return peerings.stream().filter(peering -> peering.id().equals(id)).findFirst();
    }

    Stream<Peering> between(String one, String other) {
        return peerings.stream().filter(peering -> peering.connects(one, other));
    }

    long activeOf(String net) {
        return peerings.stream()
                .filter(peering -> peering.isActive() && peering.connects(net))
                .count();
    }
}
