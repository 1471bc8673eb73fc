package dev.linkspan.core.rehearsal;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.id.RouteTableId;
import dev.linkspan.core.id.RouteTableLinkId;
import dev.linkspan.core.port.RouteTableReader;
import dev.linkspan.core.port.RouteTableRepository;
import dev.linkspan.core.routing.RouteTable;
import dev.linkspan.core.routing.RouteTarget;
import java.util.List;
import java.util.Optional;

/** {@link RouteTableRepository} of a rehearsal. */
final class RehearsedRouteTables extends Overlay<RouteTableId, RouteTable> implements RouteTableRepository {

    private final RouteTableReader truth;

    RehearsedRouteTables(RouteTableReader truth, Allowance allowance) {
        super(
                truth::find,
                RouteTable::id,
                byCreation(RouteTable::createdAt, it -> it.id().value()),
                allowance);
        this.truth = truth;
    }

    @Override
    public Optional<AccountId> findOwner(RouteTableId id) {
        return covers(id) ? find(id).map(RouteTable::owner) : truth.findOwner(id);
    }

    @Override
    public Optional<RouteTable> findByLink(RouteTableLinkId id) {
        return only(it -> it.link(id).isPresent(), () -> truth.findByLink(id));
    }

    @Override
    public Optional<RouteTable> findByClientToken(AccountId owner, String clientToken) {
        return only(
                it -> it.owner().equals(owner) && it.clientToken().equals(Optional.of(clientToken)),
                () -> truth.findByClientToken(owner, clientToken));
    }

    @Override
    public List<RouteTable> ofOwner(AccountId owner) {
        return some(truth.ofOwner(owner), it -> it.owner().equals(owner));
    }

    @Override
    public List<RouteTable> ofNet(NetId net) {
        return some(truth.ofNet(net), it -> it.net().equals(net));
    }

    @Override
    public List<RouteTable> withRouteTo(NetPeeringId peering) {
        RouteTarget target = new RouteTarget.Peering(peering);
        return some(
                truth.withRouteTo(peering),
                it -> it.routes().stream().anyMatch(route -> route.target().equals(target)));
    }
}
