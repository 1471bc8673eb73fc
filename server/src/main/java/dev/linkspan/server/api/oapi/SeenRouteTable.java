package dev.linkspan.server.api.oapi;

import dev.linkspan.core.id.RouteTableId;
import dev.linkspan.core.operation.RouteStates;
import dev.linkspan.core.routing.Route;
import dev.linkspan.core.routing.RouteTable;
import dev.linkspan.core.routing.RouteTableLink;
import dev.linkspan.server.api.call.Position;
import dev.linkspan.server.api.call.ReadCall;
import dev.linkspan.server.api.json.FilterArguments;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/** A route table with what tells the states of its routes. */
public record SeenRouteTable(RouteTable table, RouteStates states) {

    /** The caller's tables. Asked for by id ({@code RouteTableIds}), which is what clients do most, only those are read. */
    public static List<SeenRouteTable> candidates(ReadCall call, FilterArguments filters) {
        List<RouteTable> tables = filters.ids("RouteTableIds", RouteTableId.KIND)
                .map(ids -> ids.stream()
                        .flatMap(id -> call.snapshot().routeTables().find(id).stream())
                        .filter(table -> table.owner().equals(call.caller()))
                        .toList())
                .orElseGet(() -> call.snapshot().routeTables().ofOwner(call.caller()));
        RouteStates states = new RouteStates(call.snapshot());
        return tables.stream().map(table -> new SeenRouteTable(table, states)).toList();
    }

    /**
     * What an answer shows of each route.
     *
     * @param form how the answer shows a route
     * @param value what of that
     */
    public <F, V> List<V> ofRoutes(BiFunction<Route, RouteStates, F> form, Function<F, Optional<V>> value) {
        return table.routes().stream()
                .map(route -> form.apply(route, states))
                .flatMap(route -> value.apply(route).stream())
                .toList();
    }

    public <V> List<V> ofLinks(Function<RouteTableLink, Optional<V>> value) {
        return table.links().stream()
                .flatMap(link -> value.apply(link).stream())
                .toList();
    }

    public Position position() {
        return Position.byCreation(table.createdAt(), table.id());
    }
}
