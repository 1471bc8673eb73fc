package dev.linkspan.server.network;

import java.util.HashSet;
import java.util.Set;

/**
 * What became of a probe.
 *
 * @param receivers the VMs that received it; for TCP those with which the connection came about, which takes both ways
 * @param answered whether the sender got an answer
 */
public record ProbeResult(Set<String> receivers, boolean answered) {

    public static final ProbeResult LOST = new ProbeResult(Set.of(), false);

    public ProbeResult {
        receivers = Set.copyOf(receivers);
    }

    /** Received by this VM, and answered. */
    public static ProbeResult answeredBy(String vm) {
        return new ProbeResult(Set.of(vm), true);
    }

    /** Received by this VM, whose answer is lost; only UDP and ICMP show this. */
    public static ProbeResult receivedBy(String vm) {
        return new ProbeResult(Set.of(vm), false);
    }

    /** Whether something arrived that the expectation forbids, which no repetition can excuse. */
    public boolean exceeds(ProbeResult expected) {
        return !expected.receivers.containsAll(receivers) || (answered && !expected.answered);
    }

    /** What was seen of it in two attempts together. */
    public ProbeResult plus(ProbeResult other) {
        Set<String> all = new HashSet<>(receivers);
        all.addAll(other.receivers);
        return new ProbeResult(all, answered || other.answered);
    }
}
