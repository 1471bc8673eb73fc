package dev.linkspan.core.reachability;

import dev.linkspan.core.address.Ipv4;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What happens to a packet and its reply: every decision on the way, also behind one that stops it, as if that one had been
 * put right.
 *
 * @param from empty where the packet comes from outside
 * @param source the address that it is sent from
 * @param to empty where no Net could be meant
 * @param destination the address that the packet is for
 * @param steps in the order in which they are met
 */
public record Trace(
        Question question,
        Optional<Site> from,
        Ipv4 source,
        Optional<Site> to,
        Ipv4 destination,
        List<Step> steps,
        Verdict verdict) {

    public Trace {
        steps = List.copyOf(steps);
    }

    public boolean reachable() {
        return verdict instanceof Verdict.Reachable;
    }

    /** What makes it reachable, in an order in which the calls can be made; not all of it, where it is impossible. */
    public List<Remedy> remedies() {
        return verdict.causes().stream()
                .flatMap(cause -> cause.remedies().stream())
                .distinct()
                .sorted(Comparator.comparingInt(Trace::rank))
                .toList();
    }

    /** Whether a route leads the packet outside, so that no Net is meant by its destination. */
    public boolean isLedOutside() {
        return steps.stream()
                .anyMatch(step -> step instanceof Step.Routing routing
                        && routing.leg() == Leg.THERE
                        && routing.outcome() == Step.Outcome.OUTSIDE);
    }

    /** The sites at its ends. */
    public Stream<Site> sites() {
        return Stream.concat(from.stream(), to.stream());
    }

    /** A peering comes first: routes lead to it. */
    private static int rank(Remedy remedy) {
        return remedy instanceof Remedy.CreatePeering || remedy instanceof Remedy.AcceptPeering ? 0 : 1;
    }
}
