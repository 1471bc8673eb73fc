package dev.linkspan.core.operation;

import dev.linkspan.core.insights.PathQuestion;
import dev.linkspan.core.reachability.Cause;
import dev.linkspan.core.reachability.Leg;
import dev.linkspan.core.reachability.Step;
import dev.linkspan.core.reachability.Trace;
import dev.linkspan.core.securitygroup.Traffic;
import java.util.List;

/**
 * What an analysis makes of a trace. TCP needs its replies; of UDP only the way there is asked, since a datagram is received
 * whether or not its sender could be answered.
 *
 * @param trace as the account that asks may see it
 */
public record Finding(PathQuestion question, Trace trace) {

    public boolean pathFound() {
        return causes().isEmpty();
    }

    /** What is in the way, as far as it counts. */
    public List<Cause> causes() {
        return trace.verdict().causes().stream()
                .filter(cause -> counts(cause.step().leg()))
                .toList();
    }

    /** The decisions about the packet. */
    public List<Step> forward() {
        return on(Leg.THERE);
    }

    /** The decisions about its reply; none where it does not count. */
    public List<Step> backward() {
        return counts(Leg.BACK) ? on(Leg.BACK) : List.of();
    }

    private List<Step> on(Leg leg) {
        return trace.steps().stream().filter(step -> step.leg() == leg).toList();
    }

    private boolean counts(Leg leg) {
        return leg == Leg.THERE || question.protocol() == Traffic.TCP;
    }
}
