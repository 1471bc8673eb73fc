package dev.linkspan.server.api.own;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.peering.NetPeering;
import dev.linkspan.core.peering.NetPeeringQuery;
import dev.linkspan.core.peering.PeeringSide;
import dev.linkspan.core.peering.PeeringStateName;
import dev.linkspan.core.port.Snapshot;
import dev.linkspan.core.refusal.Refusal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The Net of an address that is named without one: the only one of those that the asker may know, or, where several have
 * it in their range, the only one in which somebody is there. Who is in another owner's Net is not told, so that such a Net
 * counts as one in which somebody may be.
 */
final class NetOfAddress {

    private static final int MOST_NAMED = 5;

    private final Snapshot snapshot;
    private final Asker asker;
    private final String parameter;
    private final Ipv4 address;

    /** @param parameter the one that holds the address, for refusals */
    NetOfAddress(Snapshot snapshot, Asker asker, String parameter, Ipv4 address) {
        this.snapshot = snapshot;
        this.asker = asker;
        this.parameter = parameter;
        this.address = address;
    }

    /** Where somebody must be meant. */
    NetId required() {
        return found().orElseThrow(() -> Refusal.badValue(parameter, address, nobody()));
    }

    /** Empty where no Net has it; several in which it may be are refused by name. */
    Optional<NetId> found() {
        List<NetId> candidates = candidates().distinct().toList();
        List<NetId> peopled = candidates.size() < 2
                ? candidates
                : candidates.stream().filter(this::mayBeThere).toList();
        List<NetId> meant = peopled.isEmpty() ? candidates : peopled;
        if (meant.size() > 1) {
            throw Refusal.badValue(
                    parameter,
                    address,
                    "it is in several Nets, %s, and %sNetId says which one is meant",
                    named(meant),
                    parameter);
        }
        return meant.stream().findFirst();
    }

    private String nobody() {
        return switch (asker) {
            case Asker.Operator _ -> "no Net of this Region has that address";
            case Asker.Tenant _ -> "none of your Nets, nor one that is peered with them, has that address";
        };
    }

    private Stream<NetId> candidates() {
        return switch (asker) {
            case Asker.Operator _ ->
                snapshot.nets().ids().stream()
                        .flatMap(id -> snapshot.nets().find(id).stream())
                        .filter(this::hasAddress)
                        .map(Net::id);
            case Asker.Tenant(var caller) ->
                Stream.concat(
                        snapshot.nets().ofOwner(caller.account()).stream()
                                .filter(this::hasAddress)
                                .map(Net::id),
                        peersOf(caller.account()));
        };
    }

    private boolean hasAddress(Net net) {
        return net.range().contains(address);
    }

    private Stream<NetId> peersOf(AccountId account) {
        NetPeeringQuery live = NetPeeringQuery.visibleTo(account, Integer.MAX_VALUE)
                .inStates(PeeringStateName.PENDING_ACCEPTANCE, PeeringStateName.ACTIVE);
        return snapshot.peerings().search(live).stream()
                .flatMap(NetOfAddress::sides)
                .filter(side -> side.range().contains(address))
                .map(PeeringSide::net);
    }

    private static Stream<PeeringSide> sides(NetPeering peering) {
        return Stream.of(peering.source(), peering.accepter());
    }

    private boolean mayBeThere(NetId net) {
        return !isOpen(net)
                || snapshot.nics().ofNet(net).stream().map(Nic::addresses).anyMatch(it -> it.contains(address));
    }

    private boolean isOpen(NetId id) {
        return switch (asker) {
            case Asker.Operator _ -> true;
            case Asker.Tenant(var caller) ->
                snapshot.nets()
                        .find(id)
                        .map(Net::owner)
                        .filter(caller.account()::equals)
                        .isPresent();
        };
    }

    private String named(List<NetId> nets) {
        String first = nets.stream().limit(MOST_NAMED).map(NetId::value).collect(Collectors.joining(", "));
        return nets.size() > MOST_NAMED ? "%s and %d more".formatted(first, nets.size() - MOST_NAMED) : first;
    }
}
