package dev.linkspan.server.reachability;

import dev.linkspan.core.id.VmId;
import dev.linkspan.core.reachability.Cause;
import dev.linkspan.core.reachability.Leg;
import dev.linkspan.core.reachability.Step;
import dev.linkspan.core.reachability.Trace;
import dev.linkspan.server.network.Probe;
import dev.linkspan.server.network.ProbeResult;
import dev.linkspan.server.network.Testbed;
import java.util.Optional;
import java.util.Set;

/**
 * What a trace says of a packet, in the words of the wire.
 *
 * @param passingOn the machines that pass on what they are handed, of which a trace only says that it is their own affair
 */
record Expectation(Set<VmId> passingOn) {

    /** Received and answered; received, with no way back, which TCP does not show; or neither. */
    ProbeResult of(Trace trace, Probe probe) {
        boolean answered = isAnswered(trace);
        if (!arrives(trace) || probe instanceof Probe.Tcp && !answered) {
            return ProbeResult.LOST;
        }
        return new ProbeResult(receivers(trace), answered);
    }

    private static Set<String> receivers(Trace trace) {
        boolean outside = trace.steps().stream().anyMatch(Step.Outside.class::isInstance);
        return outside
                ? Set.of(Testbed.OUTSIDE)
                : receiver(trace).map(VmId::value).map(Set::of).orElse(Set.of());
    }

    /** Whether the packet gets there, and its answer back or not. */
    boolean arrives(Trace trace) {
        return trace.verdict().causes().stream()
                .filter(cause -> cause.step().leg() == Leg.THERE)
                .allMatch(this::isPassedOn);
    }

    /** Whether it gets there, and its answer back. */
    boolean isAnswered(Trace trace) {
        return trace.verdict().causes().stream().allMatch(this::isPassedOn);
    }

    private boolean isPassedOn(Cause cause) {
        return cause.step() instanceof Step.Appliance appliance && passingOn.contains(appliance.vm());
    }

    static Optional<VmId> receiver(Trace trace) {
        return trace.to().flatMap(site -> site.vm());
    }

    /** What concerns one receiver of all that happened. */
    static ProbeResult only(ProbeResult happened, Optional<VmId> receiver) {
        boolean his =
                receiver.filter(vm -> happened.receivers().contains(vm.value())).isPresent();
        return his ? happened : ProbeResult.LOST;
    }
}
