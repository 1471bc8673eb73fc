package dev.linkspan.core.operation;

import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.peering.NetPeering;
import dev.linkspan.core.peering.PeeringState;
import dev.linkspan.core.port.Snapshot;
import dev.linkspan.core.securitygroup.Counterpart;
import dev.linkspan.core.securitygroup.SecurityGroup;
import dev.linkspan.core.securitygroup.SecurityGroupHead;
import dev.linkspan.core.securitygroup.SecurityGroupRule;
import java.util.List;
import java.util.Optional;

/** Rules that name groups of other Nets (S5): they match while a peering of the two Nets is active, and are stale else. */
public final class PeerReferences {

    private final Snapshot snapshot;

    public PeerReferences(Snapshot snapshot) {
        this.snapshot = snapshot;
    }

    /** That rules of the one Net name a group of the other, through this peering. */
    public record Reference(SecurityGroupId group, NetId referencing, NetPeeringId peering) {}

    /** The Nets with an active peering whose groups' rules name this group. */
    public List<Reference> to(SecurityGroup group) {
        return snapshot.securityGroups().headsNaming(group.id()).stream()
                .map(SecurityGroupHead::net)
                .filter(net -> !net.equals(group.net()))
                .distinct()
                .flatMap(net ->
                        active(group.net(), net).stream().map(peering -> new Reference(group.id(), net, peering.id())))
                .toList();
    }

    /** The rules of this group that name a group which is gone, or out of reach. */
    public List<SecurityGroupRule> stale(SecurityGroup group) {
        return group.rules().stream().filter(rule -> isStale(group.net(), rule)).toList();
    }

    private boolean isStale(NetId net, SecurityGroupRule rule) {
        return switch (rule.counterpart()) {
            case Counterpart.Range _ -> false;
            case Counterpart.Group named ->
                snapshot.securityGroups()
                        .findHead(named.id())
                        .map(SecurityGroupHead::net)
                        .filter(other -> other.equals(net) || active(net, other).isPresent())
                        .isEmpty();
        };
    }

    private Optional<NetPeering> active(NetId one, NetId other) {
        return snapshot.peerings().liveBetween(one, other).stream()
                .filter(peering -> peering.stateAt(snapshot.now()) instanceof PeeringState.Active)
                .findFirst();
    }
}
