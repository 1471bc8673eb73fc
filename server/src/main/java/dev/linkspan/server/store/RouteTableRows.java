package dev.linkspan.server.store;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.InternetServiceId;
import dev.linkspan.core.id.NatServiceId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.id.ResourceId;
import dev.linkspan.core.id.RouteTableId;
import dev.linkspan.core.id.RouteTableLinkId;
import dev.linkspan.core.id.SubnetId;
import dev.linkspan.core.port.RouteTableRepository;
import dev.linkspan.core.routing.Route;
import dev.linkspan.core.routing.RouteTable;
import dev.linkspan.core.routing.RouteTableLink;
import dev.linkspan.core.routing.RouteTarget;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The table {@code route_table} with {@code route_table_link} and {@code route}. */
record RouteTableRows(Handle handle, RegionName region) implements RouteTableRepository {

    /** A row of a table that belongs to a route table. */
    private record Part<T>(RouteTableId table, T value) {}

    @Override
    public Optional<RouteTable> find(RouteTableId id) {
        return where("id = ?", id).stream().findFirst();
    }

    @Override
    public Optional<AccountId> findOwner(RouteTableId id) {
        return handle.select("select account_id from route_table where id = ? and region_name = ?", id, region)
                .map((row, _) -> Columns.owner(row))
                .findOne();
    }

    @Override
    public Optional<RouteTable> findByLink(RouteTableLinkId id) {
        return where("id = (select route_table_id from route_table_link where id = ?)", id).stream()
                .findFirst();
    }

    @Override
    public Optional<RouteTable> findByClientToken(AccountId owner, String clientToken) {
        return handle.select("""
                        select id from route_table
                        where account_id = ? and client_token = ? and region_name = ?
                        """, owner, clientToken, region)
                .map((row, _) -> new RouteTableId(Columns.text(row, "id")))
                .findFirst()
                .flatMap(this::find);
    }

    @Override
    public List<RouteTable> ofOwner(AccountId owner) {
        return where("account_id = ?", owner);
    }

    @Override
    public List<RouteTable> ofNet(NetId net) {
        return where("net_id = ?", net);
    }

    @Override
    public List<RouteTable> withRouteTo(NetPeeringId peering) {
        return where("id in (select route_table_id from route where target_id = ?)", peering);
    }

    /** Three queries with one condition, whatever the number of tables. */
    private List<RouteTable> where(String condition, Object key) {
        Map<RouteTableId, List<RouteTableLink>> links = links(condition, key);
        Map<RouteTableId, List<Route>> routes = routes(condition, key);
        return handle.select(
                        "select * from route_table where %s and region_name = ? order by created_at, id"
                                .formatted(condition),
                        key,
                        region)
                .map((row, _) -> {
                    RouteTableId id = new RouteTableId(Columns.text(row, "id"));
                    return new RouteTable(
                            id,
                            Columns.net(row),
                            Columns.owner(row),
                            links.getOrDefault(id, List.of()),
                            routes.getOrDefault(id, List.of()),
                            Columns.instant(row, "created_at"),
                            Columns.optionalText(row, "client_token"));
                })
                .list();
    }

    private Map<RouteTableId, List<RouteTableLink>> links(String condition, Object key) {
        return handle
                .select("""
                        select * from route_table_link
                        where route_table_id in (select id from route_table where %s)
                        order by route_table_id, position
                        """.formatted(condition), key)
                .map((row, _) -> new Part<>(
                        table(row),
                        new RouteTableLink(
                                new RouteTableLinkId(Columns.text(row, "id")),
                                Columns.optional(row, "subnet_id", SubnetId::new))))
                .stream()
                .collect(groupingBy(Part::table, mapping(Part::value, toList())));
    }

    private Map<RouteTableId, List<Route>> routes(String condition, Object key) {
        return handle.select("""
                        select * from route
                        where route_table_id in (select id from route_table where %s)
                        order by route_table_id, position
                        """.formatted(condition), key).map((row, _) -> new Part<>(table(row), route(row))).stream()
                .collect(groupingBy(Part::table, mapping(Part::value, toList())));
    }

    private static RouteTableId table(ResultSet row) throws SQLException {
        return new RouteTableId(Columns.text(row, "route_table_id"));
    }

    private static Route route(ResultSet row) throws SQLException {
        return new Route(Cidr.parse(Columns.text(row, "destination")), target(row));
    }

    /** What the column {@code target} says. */
    private enum TargetKind {
        LOCAL,
        PEERING,
        INTERNET_SERVICE,
        NAT_SERVICE,
        NIC;

        static TargetKind of(RouteTarget target) {
            return switch (target) {
                case RouteTarget.Local _ -> LOCAL;
                case RouteTarget.Peering _ -> PEERING;
                case RouteTarget.InternetService _ -> INTERNET_SERVICE;
                case RouteTarget.NatService _ -> NAT_SERVICE;
                case RouteTarget.Nic _ -> NIC;
            };
        }

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static RouteTarget target(ResultSet row) throws SQLException {
        return switch (TargetKind.valueOf(Columns.text(row, "target").toUpperCase(Locale.ROOT))) {
            case LOCAL -> new RouteTarget.Local();
            case PEERING -> new RouteTarget.Peering(new NetPeeringId(Columns.text(row, "target_id")));
            case INTERNET_SERVICE ->
                new RouteTarget.InternetService(new InternetServiceId(Columns.text(row, "target_id")));
            case NAT_SERVICE -> new RouteTarget.NatService(new NatServiceId(Columns.text(row, "target_id")));
            case NIC -> new RouteTarget.Nic(new NicId(Columns.text(row, "target_id")));
        };
    }

    private static final String SAVE = Upsert.by("id", """
            insert into route_table (id, region_name, net_id, account_id, created_at, client_token)
            values (:id, :region, :net, :owner, :createdAt, :clientToken)
            """);

    @Override
    public void save(RouteTable table) {
        handle.createUpdate(SAVE)
                .bind("id", table.id())
                .bind("region", region)
                .bind("net", table.net())
                .bind("owner", table.owner())
                .bind("createdAt", table.createdAt())
                .bind("clientToken", table.clientToken())
                .execute();
        saveLinks(table);
        saveRoutes(table);
    }

    private void saveLinks(RouteTable table) {
        handle.execute("delete from route_table_link where route_table_id = ?", table.id());
        for (int position = 0; position < table.links().size(); position++) {
            RouteTableLink link = table.links().get(position);
            handle.execute("""
                            insert into route_table_link (id, route_table_id, position, net_id, subnet_id)
                            values (?, ?, ?, ?, ?)
                            """, link.id(), table.id(), position, table.net(), link.subnet());
        }
    }

    private void saveRoutes(RouteTable table) {
        handle.execute("delete from route where route_table_id = ?", table.id());
        for (int position = 0; position < table.routes().size(); position++) {
            Route route = table.routes().get(position);
            String kind = TargetKind.of(route.target()).label();
            handle.execute("""
                            insert into route (route_table_id, destination, position, target, target_id)
                            values (?, ?, ?, ?, ?)
                            """, table.id(), route.destination(), position, kind, id(route.target()));
        }
    }

    private static Optional<? extends ResourceId> id(RouteTarget target) {
        return switch (target) {
            case RouteTarget.Local() -> Optional.empty();
            case RouteTarget.Peering(NetPeeringId id) -> Optional.of(id);
            case RouteTarget.InternetService(InternetServiceId id) -> Optional.of(id);
            case RouteTarget.NatService(NatServiceId id) -> Optional.of(id);
            case RouteTarget.Nic(NicId id) -> Optional.of(id);
        };
    }

    @Override
    public void delete(RouteTableId id) {
        handle.execute("delete from route_table where id = ?", id);
    }
}
