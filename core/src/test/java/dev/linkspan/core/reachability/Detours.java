package dev.linkspan.core.reachability;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.id.SecurityGroupRuleId;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.peering.NetPeering;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.routing.Route;
import dev.linkspan.core.routing.RouteLookup;
import dev.linkspan.core.routing.RouteTable;
import dev.linkspan.core.routing.RouteTarget;
import dev.linkspan.core.securitygroup.Counterpart;
import dev.linkspan.core.securitygroup.Direction;
import dev.linkspan.core.securitygroup.SecurityGroup;
import dev.linkspan.core.securitygroup.SecurityGroupRule;
import dev.linkspan.core.securitygroup.Traffic;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Draws, into a Region that there is, routes to a part of a peer by a machine that takes it in and may lead it on. */
final class Detours {

    private final Fixture fixture;
    private final Random random;

    Detours(Fixture fixture, long seed) {
        this.fixture = fixture;
        this.random = new Random(seed);
    }

    /** One for each table of each Net, where an active peering and such a machine are there. */
    void draw() {
        for (NetId net : fixture.<List<NetId>>read(snapshot -> snapshot.nets().ids())) {
            List<NetPeering> peerings = fixture.read(snapshot -> snapshot.peerings().liveOfNet(net).stream()
                    .filter(NetPeering::isActive)
                    .toList());
            if (!peerings.isEmpty()) {
                fixture.<List<RouteTable>>read(
                                snapshot -> snapshot.routeTables().ofNet(net))
                        .forEach(table -> draw(net, table, peerings.get(random.nextInt(peerings.size()))));
            }
        }
    }

    private void draw(NetId net, RouteTable table, NetPeering peering) {
        List<Nic> machines = machines(net, table);
        Cidr peer = peering.peerOf(net).range();
        if (machines.isEmpty() || peer.overlaps(rangeOf(net))) {
            return;
        }
        Nic nic = machines.get(random.nextInt(machines.size()));
        fixture.change(unit -> {
            unit.nics().save(nic.withSourceDestChecked(false));
            return nic;
        });
        Cidr part = new Cidr(peer.network().plus(256 * (1 + random.nextInt(2))), 24);
        add(table, new Route(part, new RouteTarget.Nic(nic.id())));
        if (random.nextInt(4) > 0) {
            RouteTable its = fixture.read(
                    snapshot -> RouteLookup.tableOf(snapshot.routeTables().ofNet(net), nic.subnet()));
            add(its, new Route(peer, new RouteTarget.Peering(peering.id())));
        }
        if (random.nextInt(4) > 0) {
            nic.groups().forEach(this::open);
        }
        if (random.nextInt(4) > 0) {
            Route back = new Route(rangeOf(net), new RouteTarget.Peering(peering.id()));
            fixture.<List<RouteTable>>read(snapshot ->
                            snapshot.routeTables().ofNet(peering.peerOf(net).net()))
                    .forEach(of -> add(of, back));
        }
    }

    private Cidr rangeOf(NetId net) {
        return fixture.read(snapshot -> snapshot.nets().find(net).orElseThrow().range());
    }

    private void open(SecurityGroupId id) {
        fixture.change(unit -> {
            SecurityGroup group = unit.securityGroups().find(id).orElseThrow();
            Stream<SecurityGroupRule> opening = Stream.of(Direction.values())
                    .map(direction -> new SecurityGroupRule(
                            unit.newId(SecurityGroupRuleId.KIND),
                            direction,
                            new Traffic.All(),
                            new Counterpart.Range(Cidr.ALL),
                            ""));
            unit.securityGroups()
                    .save(group.withRules(
                            Stream.concat(group.rules().stream(), opening).toList()));
            return group;
        });
    }

    private void add(RouteTable table, Route route) {
        fixture.change(unit -> {
            RouteTable now = unit.routeTables().find(table.id()).orElseThrow();
            unit.routeTables()
                    .save(
                            now.route(route.destination()).isPresent()
                                    ? now.withRouteReplaced(route)
                                    : now.withRoute(route));
            return now;
        });
    }

    /** For which another table decides. */
    private List<Nic> machines(NetId net, RouteTable table) {
        return fixture.read(snapshot -> snapshot.nics().ofNet(net).stream()
                .filter(nic -> nic.link().isPresent())
                .filter(nic -> !RouteLookup.tableOf(snapshot.routeTables().ofNet(net), nic.subnet())
                        .id()
                        .equals(table.id()))
                .toList());
    }
}
