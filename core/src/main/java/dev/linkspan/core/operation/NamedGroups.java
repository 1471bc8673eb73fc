package dev.linkspan.core.operation;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.peering.NetPeering;
import dev.linkspan.core.peering.PeeringSide;
import dev.linkspan.core.peering.PeeringState;
import dev.linkspan.core.port.Snapshot;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.core.securitygroup.SecurityGroup;
import dev.linkspan.core.wording.Noun;
import dev.linkspan.core.wording.Parameter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which groups a rule of one group may name (S5): those of its own Net, and those of a Net peered with it. Another
 * account's groups only while the peering is active: before it is accepted, a stranger could otherwise find out which
 * groups there are.
 */
final class NamedGroups {

    private final Snapshot snapshot;
    private final AccountId caller;
    private final NetId net;

    /** @param net the Net of the group whose rule names another */
    NamedGroups(Snapshot snapshot, AccountId caller, NetId net) {
        this.snapshot = snapshot;
        this.caller = caller;
        this.net = net;
    }

    SecurityGroup byId(SecurityGroupId id, Optional<AccountId> owner) {
        SecurityGroup named = snapshot.securityGroups()
                .find(id)
                .filter(group -> owner.isEmpty() || owner.get().equals(group.owner()))
                .orElseThrow(() -> Refusal.unknown(Parameter.SECURITY_GROUP, id));
        if (named.net().equals(net) || peers().anyMatch(peer -> peer.net().equals(named.net()))) {
            return named;
        }
        if (named.owner().equals(caller)) {
            throw Refusal.badValue(
                    Parameter.SECURITY_GROUP,
                    id,
                    "it is in the %s '%s', which is not peered with '%s'",
                    Noun.NET,
                    named.net(),
                    net);
        }
        throw Refusal.unknown(Parameter.SECURITY_GROUP, id);
    }

    /** A group of the own Net goes before one of a peer. */
    SecurityGroup byName(String name, Optional<AccountId> owner) {
        AccountId whose = owner.orElse(caller);
        Optional<SecurityGroup> own =
                called(name, net).filter(group -> group.owner().equals(whose)).findFirst();
        if (own.isPresent()) {
            return own.get();
        }
        List<SecurityGroup> ofPeers = peers().filter(peer -> peer.owner().equals(whose))
                .flatMap(peer -> called(name, peer.net()))
                .toList();
        if (ofPeers.size() > 1) {
            throw Refusal.badValue(
                    Parameter.SECURITY_GROUP_NAME,
                    name,
                    "several peered %s have a group of that name: its id is needed",
                    Noun.NETS);
        }
        return ofPeers.stream()
                .findFirst()
                .orElseThrow(() -> new Refusal(
                        RefusalCode.UNKNOWN_GROUP_NAME,
                        "The %s '%s' doesn't exist.",
                        Parameter.SECURITY_GROUP_NAME,
                        name));
    }

    private Stream<SecurityGroup> called(String name, NetId inNet) {
        return snapshot.securityGroups().ofNet(inNet).stream()
                .filter(group -> group.name().equals(name));
    }

    private Stream<PeeringSide> peers() {
        return snapshot.peerings().liveOfNet(net).stream()
                .filter(this::counts)
                .map(peering -> peering.peerOf(net))
                .distinct();
    }

    private boolean counts(NetPeering peering) {
        return switch (peering.stateAt(snapshot.now())) {
            case PeeringState.Active _ -> true;
            case PeeringState.PendingAcceptance _ -> peering.peerOf(net).owner().equals(caller);
            case PeeringState.Dead _ -> false;
        };
    }
}
