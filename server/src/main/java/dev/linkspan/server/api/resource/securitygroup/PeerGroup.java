package dev.linkspan.server.api.resource.securitygroup;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.securitygroup.SecurityGroup;
import dev.linkspan.server.api.call.Call;
import java.util.Optional;

/**
 * What EC2 shows of a group that a rule names, beside its id (Amazon EC2 API Reference, UserIdGroupPair). Of a group of the
 * same VPC that is its owner; of one of a peer it is what connects the two, and what of that is over.
 *
 * @param owner not of a group that is gone
 * @param name of a peer's group, while it exists
 * @param net the peer; not where it is not known any more
 * @param peering that with the peer; not where none is shown any more
 * @param status the peering's; of a peer's group alone
 */
record PeerGroup(
        Optional<AccountId> owner,
        Optional<String> name,
        Optional<NetId> net,
        Optional<NetPeeringId> peering,
        Optional<String> status) {

    /** A group of the VPC in which the rule is. */
    static PeerGroup near(AccountId owner) {
        return new PeerGroup(
                Optional.of(owner), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Whether the group may be said to be of this VPC, behind this peering. */
    boolean agrees(Call call, SecurityGroup holder, Optional<NetId> saidNet, Optional<NetPeeringId> saidPeering) {
        boolean peers = status.isPresent();
        Optional<NetId> actual = peers ? net : Optional.of(holder.net());
        boolean ofNet = saidNet.isEmpty() || actual.isEmpty() || saidNet.equals(actual);
        boolean byPeering = saidPeering.isEmpty()
                || (peers
                        && (saidPeering.equals(peering)
                                || actual.isEmpty()
                                || connects(call, holder.net(), actual.get(), saidPeering.get())));
        return ofNet && byPeering;
    }

    private static boolean connects(Call call, NetId one, NetId other, NetPeeringId id) {
        return call.snapshot()
                .peerings()
                .find(id)
                .filter(peering -> peering.connects(one) && peering.connects(other))
                .isPresent();
    }
}
