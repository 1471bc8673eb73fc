package dev.linkspan.server.api.own;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.reachability.Reach;
import java.util.List;
import java.util.Optional;

/**
 * Whom a NIC talks to, as far as its own side decides.
 *
 * @param nicId whose
 * @param ipRanges the addresses
 * @param exceptProtocols the numbers of those of which nothing is said here, where the traffic is every protocol
 * @param securityGroupId only members of this group among them, where it is there
 */
record ReachAnswer(
        NicId nicId,
        NetId netId,
        Optional<NetPeeringId> netPeeringId,
        List<Cidr> ipRanges,
        Optional<SecurityGroupId> securityGroupId,
        TrafficAnswer traffic,
        Optional<List<Integer>> exceptProtocols) {

    static ReachAnswer of(NicId nic, Reach reach) {
        return new ReachAnswer(
                nic,
                reach.net(),
                reach.through(),
                reach.addresses().ranges(),
                reach.group(),
                TrafficAnswer.of(reach.traffic()),
                Optional.of(reach.except().stream().sorted().toList()).filter(numbers -> !numbers.isEmpty()));
    }
}
