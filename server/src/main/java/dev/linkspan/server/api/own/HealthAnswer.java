package dev.linkspan.server.api.own;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.id.RouteTableId;
import dev.linkspan.core.id.SubnetId;
import dev.linkspan.core.peering.PeeringStateName;
import dev.linkspan.core.reachability.PeeringHealth;
import java.util.List;
import java.util.Optional;

/**
 * A peering's health as it is answered.
 *
 * @param pairs of Subnets, as far as both are seen
 */
record HealthAnswer(
        NetPeeringId netPeeringId,
        PeeringStateName state,
        SideAnswer source,
        SideAnswer accepter,
        List<PairAnswer> pairs,
        List<FindingAnswer> findings) {

    /** @param leads {@code ALL}, {@code SOME} or {@code NONE} of the peer's range; {@code UNTOLD} of the other owner's */
    record SideAnswer(
            NetId netId,
            AccountId accountId,
            Cidr ipRange,
            PeeringHealth.Share leads,
            boolean admits,
            List<SubnetAnswer> subnets) {

        static SideAnswer of(PeeringHealth.Side side) {
            return new SideAnswer(
                    side.net(),
                    side.owner(),
                    side.range(),
                    side.leads(),
                    side.admits(),
                    side.subnets().stream().map(SubnetAnswer::of).toList());
        }
    }

    /** @param led what of the peer's range is led through the peering */
    record SubnetAnswer(
            SubnetId subnetId, Cidr ipRange, RouteTableId routeTableId, List<Cidr> led, List<TrafficAnswer> admitted) {

        static SubnetAnswer of(PeeringHealth.SubnetSide subnet) {
            return new SubnetAnswer(
                    subnet.subnet(),
                    subnet.range(),
                    subnet.table(),
                    subnet.led().ranges(),
                    subnet.admitted().stream().map(TrafficAnswer::of).toList());
        }
    }

    /** @param there whether the source's Subnet leads to all of the accepter's; back, the other way round */
    record PairAnswer(SubnetId sourceSubnetId, SubnetId accepterSubnetId, boolean there, boolean back) {}

    record FindingAnswer(
            PeeringHealth.Kind kind, NetId netId, AccountId accountId, String why, Optional<RemedyAnswer> remedy) {}

    static HealthAnswer of(PeeringHealth health) {
        return new HealthAnswer(
                health.peering(),
                health.state(),
                SideAnswer.of(health.source()),
                SideAnswer.of(health.accepter()),
                health.pairs().stream()
                        .map(pair -> new PairAnswer(pair.source(), pair.accepter(), pair.there(), pair.back()))
                        .toList(),
                health.findings().stream()
                        .map(finding -> new FindingAnswer(
                                finding.kind(),
                                finding.net(),
                                finding.owner(),
                                finding.why(),
                                finding.remedy().map(RemedyAnswer::of)))
                        .toList());
    }
}
