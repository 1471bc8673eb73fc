package dev.linkspan.server.api.own;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.id.InternetServiceId;
import dev.linkspan.core.id.NatServiceId;
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
 * @param netId the Net in which the far ends are; absent for those outside
 * @param internetServiceId the internet service by which those outside are spoken to
 * @param natServiceId the NAT service that sends the NIC's packets on to there, with its own address
 * @param ipRanges the addresses
 * @param exceptProtocols the numbers of those of which nothing is said here, where the traffic is every protocol
 * @param securityGroupId only members of this group among them, where it is there
 */
record ReachAnswer(
        NicId nicId,
        Optional<NetId> netId,
        Optional<NetPeeringId> netPeeringId,
        Optional<InternetServiceId> internetServiceId,
        Optional<NatServiceId> natServiceId,
        List<Cidr> ipRanges,
        Optional<SecurityGroupId> securityGroupId,
        TrafficAnswer traffic,
        Optional<List<Integer>> exceptProtocols) {

    static ReachAnswer of(NicId nic, Reach reach) {
        Optional<Reach.Place.InNet> inside =
                reach.place() instanceof Reach.Place.InNet place ? Optional.of(place) : Optional.empty();
        return new ReachAnswer(
                nic,
                inside.map(Reach.Place.InNet::net),
                inside.flatMap(Reach.Place.InNet::through),
                reach.place() instanceof Reach.Place.Outside(InternetServiceId by) ? Optional.of(by) : Optional.empty(),
                reach.by(),
                reach.addresses().ranges(),
                reach.group(),
                TrafficAnswer.of(reach.traffic()),
                Optional.of(reach.except().stream().sorted().toList()).filter(numbers -> !numbers.isEmpty()));
    }
}
