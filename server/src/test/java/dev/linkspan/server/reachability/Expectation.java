package dev.linkspan.server.reachability;

import dev.linkspan.core.id.VmId;
import dev.linkspan.core.reachability.Leg;
import dev.linkspan.core.reachability.Step;
import dev.linkspan.core.reachability.Trace;
import dev.linkspan.server.network.Probe;
import dev.linkspan.server.network.ProbeResult;
import dev.linkspan.server.network.Testbed;
import java.util.Optional;
import java.util.Set;

/** What a trace says of a packet, in the words of the wire. */
final class Expectation {

    private Expectation() {}

    /** Received and answered; received, with no way back, which TCP does not show; or neither. */
    static ProbeResult of(Trace trace, Probe probe) {
        if (!arrives(trace) || probe instanceof Probe.Tcp && !trace.reachable()) {
            return ProbeResult.LOST;
        }
        return new ProbeResult(receivers(trace), trace.reachable());
    }

    private static Set<String> receivers(Trace trace) {
        boolean outside = trace.steps().stream().anyMatch(Step.Outside.class::isInstance);
        return outside
                ? Set.of(Testbed.OUTSIDE)
                : receiver(trace).map(VmId::value).map(Set::of).orElse(Set.of());
    }

    /** Whether the packet gets there, and its answer back or not. */
    static boolean arrives(Trace trace) {
        return trace.verdict().causes().stream().noneMatch(cause -> cause.step().leg() == Leg.THERE);
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
