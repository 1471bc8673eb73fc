package dev.linkspan.core.port;

import static dev.linkspan.core.port.InMemoryRows.inOrder;
import static dev.linkspan.core.port.InMemoryRows.needs;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.id.RouteTableId;
import dev.linkspan.core.id.RouteTableLinkId;
import dev.linkspan.core.id.SubnetId;
import dev.linkspan.core.port.World.Cell;
import dev.linkspan.core.routing.RouteTable;
import dev.linkspan.core.routing.RouteTarget;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** {@link RouteTableRepository} of an {@link InMemoryStore}. */
record InMemoryRouteTables(Cell cell) implements RouteTableRepository {

    @Override
    public Optional<RouteTable> find(RouteTableId id) {
        return cell.routeTables.row(id);
    }

    @Override
    public Optional<AccountId> findOwner(RouteTableId id) {
        return find(id).map(RouteTable::owner);
    }

    @Override
    public Optional<RouteTable> findByLink(RouteTableLinkId id) {
        return where(table -> table.link(id).isPresent()).stream().findFirst();
    }

    @Override
    public Optional<RouteTable> findByClientToken(AccountId owner, String clientToken) {
        return where(table -> table.owner().equals(owner) && table.clientToken().equals(Optional.of(clientToken)))
                .stream()
                .findFirst();
    }

    @Override
    public List<RouteTable> ofOwner(AccountId owner) {
        return where(table -> table.owner().equals(owner));
    }

    @Override
    public List<RouteTable> ofNet(NetId net) {
        return where(table -> table.net().equals(net));
    }

    @Override
    public List<RouteTable> withRouteTo(NetPeeringId peering) {
        RouteTarget target = new RouteTarget.Peering(peering);
        return where(table ->
                table.routes().stream().anyMatch(route -> route.target().equals(target)));
    }

    private List<RouteTable> where(Predicate<RouteTable> predicate) {
        return inOrder(cell.routeTables.where(predicate), RouteTable::createdAt, RouteTable::id);
    }

    @Override
    public void save(RouteTable table) {
        needs(cell.nets.has(table.net()), "route_table_has_net");
        List<RouteTable> others = ofNet(table.net()).stream()
                .filter(other -> !other.id().equals(table.id()))
                .toList();
        needs(!table.main() || others.stream().noneMatch(RouteTable::main), "route_table_link_one_main_per_net");
        List<SubnetId> linked =
                table.links().stream().flatMap(link -> link.subnet().stream()).toList();
        needs(linked.stream().allMatch(cell.subnets::has), "route_table_link_has_subnet");
        needs(
                linked.stream()
                        .allMatch(subnet -> others.stream()
                                .noneMatch(other -> other.linkOf(subnet).isPresent())),
                "route_table_link_one_per_subnet");
        cell.routeTables.put(table.id(), table);
    }

    @Override
    public void delete(RouteTableId id) {
        cell.routeTables.remove(id);
    }
}
