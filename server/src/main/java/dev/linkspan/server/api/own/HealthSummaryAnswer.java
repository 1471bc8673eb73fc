package dev.linkspan.server.api.own;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.peering.PeeringStateName;
import dev.linkspan.core.reachability.PeeringHealth;

/**
 * What a peering's health comes to, for a list of many.
 *
 * @param passable whether it lets anything pass as it is
 */
record HealthSummaryAnswer(
        NetPeeringId netPeeringId, PeeringStateName state, boolean passable, SideSummary source, SideSummary accepter) {

    /**
     * One side.
     *
     * @param leads how much of the peer's range its routes lead through the peering
     * @param admits whether some rule lets something of the peer in
     */
    record SideSummary(NetId netId, AccountId accountId, Cidr ipRange, PeeringHealth.Share leads, boolean admits) {
        static SideSummary of(PeeringHealth.Side side) {
            return new SideSummary(side.net(), side.owner(), side.range(), side.leads(), side.admits());
        }
    }

    static HealthSummaryAnswer of(PeeringHealth health) {
        return new HealthSummaryAnswer(
                health.peering(),
                health.state(),
                health.passable(),
                SideSummary.of(health.source()),
                SideSummary.of(health.accepter()));
    }
}
