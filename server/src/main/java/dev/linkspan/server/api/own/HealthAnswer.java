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
 * @param passable whether it lets anything pass as it is
 * @param pairs of Subnets, as far as both are seen
 */
record HealthAnswer(
        NetPeeringId netPeeringId,
        PeeringStateName state,
        HealthSideAnswer source,
        HealthSideAnswer accepter,
        boolean passable,
        List<SubnetPairAnswer> pairs,
        List<HealthFindingAnswer> findings) {

    /** @param leads {@code ALL}, {@code SOME} or {@code NONE} of the peer's range; {@code UNTOLD} of the other owner's */
    record HealthSideAnswer(
            NetId netId,
            AccountId accountId,
            Cidr ipRange,
            PeeringHealth.Share leads,
            boolean admits,
            List<HealthSubnetAnswer> subnets) {

        static HealthSideAnswer of(PeeringHealth.Side side) {
            return new HealthSideAnswer(
                    side.net(),
                    side.owner(),
                    side.range(),
                    side.leads(),
                    side.admits(),
                    side.subnets().stream().map(HealthSubnetAnswer::of).toList());
        }
    }

    /** @param led what of the peer's range is led through the peering */
    record HealthSubnetAnswer(
            SubnetId subnetId, Cidr ipRange, RouteTableId routeTableId, List<Cidr> led, List<TrafficAnswer> admitted) {

        static HealthSubnetAnswer of(PeeringHealth.SubnetSide subnet) {
            return new HealthSubnetAnswer(
                    subnet.subnet(),
                    subnet.range(),
                    subnet.table(),
                    subnet.led().ranges(),
                    subnet.admitted().stream().map(TrafficAnswer::of).toList());
        }
    }

    /** @param there whether the source's Subnet leads to all of the accepter's; back, the other way round */
    record SubnetPairAnswer(SubnetId sourceSubnetId, SubnetId accepterSubnetId, boolean there, boolean back) {}

    record HealthFindingAnswer(
            PeeringHealth.Kind kind, NetId netId, AccountId accountId, String why, Optional<RemedyAnswer> remedy) {}

    static HealthAnswer of(PeeringHealth health) {
        return new HealthAnswer(
                health.peering(),
                health.state(),
                HealthSideAnswer.of(health.source()),
                HealthSideAnswer.of(health.accepter()),
                health.passable(),
                health.pairs().stream()
                        .map(pair -> new SubnetPairAnswer(pair.source(), pair.accepter(), pair.there(), pair.back()))
                        .toList(),
                health.findings().stream()
                        .map(finding -> new HealthFindingAnswer(
                                finding.kind(),
                                finding.net(),
                                finding.owner(),
                                finding.why(),
                                finding.remedy().map(RemedyAnswer::of)))
                        .toList());
    }
}
