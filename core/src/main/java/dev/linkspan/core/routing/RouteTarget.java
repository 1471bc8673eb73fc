package dev.linkspan.core.routing;

import dev.linkspan.core.id.InternetServiceId;
import dev.linkspan.core.id.NatServiceId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.id.NicId;
import java.util.Optional;

/** Where a route sends packets. */
public sealed interface RouteTarget {

    /** The Net itself (R1). */
    record Local() implements RouteTarget {}

    /** Another Net, through a peering (R3). */
    record Peering(NetPeeringId id) implements RouteTarget {}

    /** The outside, by an internet service (X3). */
    record InternetService(InternetServiceId id) implements RouteTarget {}

    /** A NAT service of the Net, which sends them on with its own address (X4). */
    record NatService(NatServiceId id) implements RouteTarget {}

    /** A NIC of the Net, to whose VM they are handed whatever their destination: an appliance (X6). */
    record Nic(NicId id) implements RouteTarget {}

    /** The internet service that it sends them to, if it is one. */
    default Optional<InternetServiceId> internetService() {
        return switch (this) {
            case Local _, Peering _, NatService _, Nic _ -> Optional.empty();
            case InternetService(InternetServiceId id) -> Optional.of(id);
        };
    }

    /** The NAT service that it sends them to, if it is one. */
    default Optional<NatServiceId> natService() {
        return switch (this) {
            case Local _, Peering _, InternetService _, Nic _ -> Optional.empty();
            case NatService(NatServiceId id) -> Optional.of(id);
        };
    }

    /** The NIC that it hands them to, if it is one. */
    default Optional<NicId> nic() {
        return switch (this) {
            case Local _, Peering _, InternetService _, NatService _ -> Optional.empty();
            case Nic(NicId id) -> Optional.of(id);
        };
    }

    /** The peering that it sends them into, if it is one. */
    default Optional<NetPeeringId> peering() {
        return switch (this) {
            case Local _, InternetService _, NatService _, Nic _ -> Optional.empty();
            case Peering(NetPeeringId id) -> Optional.of(id);
        };
    }
}
