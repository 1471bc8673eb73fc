package dev.linkspan.server.api.resource.securitygroup;

import dev.linkspan.core.id.NetId;
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

/** What EC2 shows of the groups that the rules of one group name. The peerings are read once, if they are needed. */
final class PeerGroups {

    /** Of a Net there are not more that are shown, but by very many failed attempts. */
    private static final int MOST_PEERINGS = 1_000;

    private static final String GONE = PeeringStateName.DELETED.label();

    private final Snapshot snapshot;
    private final SecurityGroup holder;
    private Optional<List<NetPeering>> peerings = Optional.empty();

    /** @param holder whose rules name the groups */
    PeerGroups(Call call, SecurityGroup holder) {
        this.snapshot = call.snapshot();
        this.holder = holder;
    }

    PeerGroup of(Counterpart.Group named) {
        Optional<SecurityGroupHead> head = snapshot.securityGroups().findHead(named.id());
        return head.filter(it -> it.net().equals(holder.net())).isPresent()
                ? PeerGroup.near(named.owner())
                : ofPeer(named, head);
    }

    private PeerGroup ofPeer(Counterpart.Group named, Optional<SecurityGroupHead> head) {
        Optional<NetPeering> peering = peering(named, head);
        return new PeerGroup(
                head.map(_ -> named.owner()),
                head.map(SecurityGroupHead::name),
                head.map(SecurityGroupHead::net)
                        .or(() -> peering.map(it -> it.peerOf(holder.net()).net())),
                peering.map(NetPeering::id),
                Optional.of(peering.map(it -> it.stateAt(snapshot.now()).name().label())
                        .orElse(GONE)));
    }

    /** That with the group's Net; where that is not known any more, that with the only peer of the owner's. */
    private Optional<NetPeering> peering(Counterpart.Group named, Optional<SecurityGroupHead> head) {
        List<NetPeering> possible = peerings().stream()
                .filter(peering -> isWith(peering.peerOf(holder.net()), head, named))
                .toList();
        long peers = possible.stream()
                .map(peering -> peering.peerOf(holder.net()).net())
                .distinct()
                .count();
        return peers == 1 ? possible.stream().max(current()) : Optional.empty();
    }

    private static boolean isWith(PeeringSide peer, Optional<SecurityGroupHead> head, Counterpart.Group named) {
        return head.map(it -> it.net().equals(peer.net()))
                .orElseGet(() -> peer.owner().equals(named.owner()));
    }

    private List<NetPeering> peerings() {
        if (peerings.isEmpty()) {
            NetId net = holder.net();
            NetPeeringQuery all = NetPeeringQuery.visibleTo(holder.owner(), MOST_PEERINGS);
            peerings = Optional.of(Stream.of(all.ofSourceNet(net), all.ofAccepterNet(net))
                    .flatMap(query -> snapshot.peerings().search(query).stream())
                    .toList());
        }
        return peerings.get();
    }

    /** The active one, else the one that was asked for last. */
    private Comparator<NetPeering> current() {
        return Comparator.comparing(
                        (NetPeering peering) -> peering.stateAt(snapshot.now()) instanceof PeeringState.Active)
                .thenComparing(NetPeering::createdAt);
    }

    /** The name of a group that a rule names, whosever it is. */
    static Optional<String> name(Call call, Counterpart.Group named) {
        return call.snapshot().securityGroups().findHead(named.id()).map(SecurityGroupHead::name);
    }
}
