package dev.linkspan.server.api.resource.securitygroup;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.peering.NetPeering;
import dev.linkspan.core.peering.NetPeeringQuery;
import dev.linkspan.core.peering.PeeringSide;
import dev.linkspan.core.peering.PeeringState;
import dev.linkspan.core.peering.PeeringStateName;
import dev.linkspan.core.port.Snapshot;
import dev.linkspan.core.securitygroup.Counterpart;
import dev.linkspan.core.securitygroup.SecurityGroup;
import dev.linkspan.core.securitygroup.SecurityGroupHead;
import dev.linkspan.server.api.call.Call;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What EC2 shows of a group that a rule names, beside its id (Amazon EC2 API Reference, UserIdGroupPair). Of a group of the
 * same VPC that is its owner; of one of a peer it is what connects the two, and what of that is over.
 *
 * @param owner not of a group that is gone
 * @param name of a peer's group, while it exists
 * @param net the peer; not where it is not known any more
 * @param peering that with the peer; not where none is shown any more
 */
record PeerGroup(
        Optional<AccountId> owner,
        Optional<String> name,
        Optional<NetId> net,
        Optional<NetPeeringId> peering,
        Optional<String> status) {

    /** Of a Net there are not more that are shown, but by very many failed attempts. */
    private static final int MOST_PEERINGS = 1_000;

    private static final String GONE = PeeringStateName.DELETED.label();

    /** @param holder whose rule names the group */
    static PeerGroup of(Call call, SecurityGroup holder, Counterpart.Group named) {
        Snapshot snapshot = call.snapshot();
        Optional<SecurityGroupHead> head = snapshot.securityGroups().findHead(named.id());
        if (head.filter(it -> it.net().equals(holder.net())).isPresent()) {
            return new PeerGroup(
                    Optional.of(named.owner()), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        }
        List<NetPeering> peerings = peerings(snapshot, holder)
                .filter(peering -> isWith(peering.peerOf(holder.net()), head, named))
                .toList();
        List<NetId> peers = peerings.stream()
                .map(peering -> peering.peerOf(holder.net()).net())
                .distinct()
                .toList();
        Optional<NetPeering> peering = peers.size() == 1 ? peerings.stream().max(current(snapshot)) : Optional.empty();
        return new PeerGroup(
                head.map(_ -> named.owner()),
                head.map(SecurityGroupHead::name),
                head.map(SecurityGroupHead::net)
                        .or(() -> peering.map(it -> it.peerOf(holder.net()).net())),
                peering.map(NetPeering::id),
                Optional.of(peering.map(it -> it.stateAt(snapshot.now()).name().label())
                        .orElse(GONE)));
    }

    /** The name of a group that a rule names, whosever it is. */
    static Optional<String> name(Call call, Counterpart.Group named) {
        return call.snapshot().securityGroups().findHead(named.id()).map(SecurityGroupHead::name);
    }

    /** With the group's Net; where that is not known any more, with any of the owner's. */
    private static boolean isWith(PeeringSide peer, Optional<SecurityGroupHead> head, Counterpart.Group named) {
        return head.map(it -> it.net().equals(peer.net()))
                .orElseGet(() -> peer.owner().equals(named.owner()));
    }

    private static Stream<NetPeering> peerings(Snapshot snapshot, SecurityGroup holder) {
        NetPeeringQuery all = NetPeeringQuery.visibleTo(holder.owner(), MOST_PEERINGS);
        return Stream.of(all.ofSourceNet(holder.net()), all.ofAccepterNet(holder.net()))
                .flatMap(query -> snapshot.peerings().search(query).stream());
    }

    /** The active one, else the one that was asked for last. */
    private static Comparator<NetPeering> current(Snapshot snapshot) {
        return Comparator.comparing(
                        (NetPeering peering) -> peering.stateAt(snapshot.now()) instanceof PeeringState.Active)
                .thenComparing(NetPeering::createdAt);
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
