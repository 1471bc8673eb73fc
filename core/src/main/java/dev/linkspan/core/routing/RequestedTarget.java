package dev.linkspan.core.routing;

import dev.linkspan.core.id.InternetServiceId;
import dev.linkspan.core.id.NatServiceId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.id.VmId;

/** Where a caller wants a route to lead: every kind that can be asked for, also those that Linkspan does not route to. */
public sealed interface RequestedTarget {

    record Peering(NetPeeringId id) implements RequestedTarget {}

    record InternetService(InternetServiceId id) implements RequestedTarget {}

    record NatService(NatServiceId id) implements RequestedTarget {}

    record Nic(NicId id) implements RequestedTarget {}

    record Vm(VmId id) implements RequestedTarget {}
}
