package dev.linkspan.core.routing;

import dev.linkspan.core.id.InternetServiceId;
import dev.linkspan.core.id.NatServiceId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Where a caller wants a route to lead: every kind that can be asked for, also those that Linkspan does not route to. */
public sealed interface RequestedTarget {

    record Peering(NetPeeringId id) implements RequestedTarget {}

    record InternetService(InternetServiceId id) implements RequestedTarget {}

    record NatService(NatServiceId id) implements RequestedTarget {}

    record Nic(NicId id) implements RequestedTarget {}

    record Vm(VmId id) implements RequestedTarget {}

    /**
     * The one that was asked for.
     *
     * @param names what the parameters are named, for the refusal of none and of several
     */
    static RequestedTarget only(String names, Stream<Optional<? extends RequestedTarget>> given) {
        List<RequestedTarget> targets =
                given.<RequestedTarget>flatMap(Optional::stream).toList();
        return switch (targets.size()) {
            case 0 -> throw new Refusal(RefusalCode.MISSING_PARAMETER, "A target is required: " + names);
            case 1 -> targets.getFirst();
            default -> throw new Refusal(RefusalCode.PARAMETER_COMBINATION, "A route has one target: " + names);
        };
    }
}
