package dev.linkspan.core.operation;

import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.port.Snapshot;
import dev.linkspan.core.securitygroup.SecurityGroupHead;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/** Which Nets' plans a change concerns, for the event that records it: only those are made again. */
final class AffectedNets {

    private AffectedNets() {}

    /** A NIC of this Net with these groups came, went or changed: rules of other Nets may name its groups (S5). */
    static Set<NetId> byNic(Snapshot snapshot, NetId net, Collection<SecurityGroupId> groups) {
        Set<NetId> touched = new HashSet<>();
        touched.add(net);
        for (SecurityGroupId group : groups) {
            snapshot.securityGroups().headsNaming(group).stream()
                    .map(SecurityGroupHead::net)
                    .forEach(touched::add);
        }
        return touched;
    }
}
