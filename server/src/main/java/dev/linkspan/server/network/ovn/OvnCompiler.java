package dev.linkspan.server.network.ovn;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.id.SubnetId;
import dev.linkspan.core.net.Subnet;
import dev.linkspan.core.plan.NetPlan;
import dev.linkspan.core.plan.NetPlan.NextHop;
import dev.linkspan.core.plan.NetPlan.PeeringLink;
import dev.linkspan.core.plan.NetPlan.Port;
import dev.linkspan.core.plan.NetPlan.Table;
import dev.linkspan.server.network.vm.VmLink;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Compiles the plan of a Net into rows of the northbound database. Each Net is compiled alone: its end of a peering carries nothing
 * before the peer's is there.
 *
 * <p><b>Routing.</b> The Net's router has a port in each Subnet's switch, which names the route table of the Subnet. Links of peerings
 * name none, so that what a peer sends sees the Subnets and no route: it is delivered here or dropped (P11). What is in the Net's range
 * and in no Subnet is dropped in every table, and in the main one, which only the links see.
 *
 * <p><b>Peerings.</b> What comes through a link passes if its source is in one address set and its destination in another, and is
 * dropped otherwise; so nothing passes while either is empty. What may change often is in address sets everywhere, since from OVN 25.03
 * on their members are all that northd need not recompute everything for. So the link, the guard and the routes of a peering are
 * written when it is asked for, with both sets empty, and nothing but the sets changes when it is accepted (R4). Whoever may ask for
 * peerings can therefore make northd recompute, as often as quotas let him (P12).
 *
 * <p><b>What it does not know yet.</b> Routes to the outside, to NAT services and to appliances drop (X7).
 */
final class OvnCompiler {

    private static final int LET_THROUGH = 2001;
    private static final int DROP_REST = 2000;

    private final NetPlan plan;
    private final List<NbRow> rows = new ArrayList<>();

    private OvnCompiler(NetPlan plan) {
        this.plan = plan;
    }

    static NetRows compile(NetPlan plan) {
        OvnCompiler compiler = new OvnCompiler(plan);
        compiler.compile();
        return NetRows.of(plan.net(), compiler.rows);
    }

    private void compile() {
        Map<Port, NbRow> portRows = new LinkedHashMap<>();
        plan.ports().values().forEach(port -> portRows.put(port, add(port(port))));
        OvnBorders borders = OvnBorders.of(plan);
        borders.acls().values().forEach(rows::addAll);
        rows.addAll(borders.policies());
        List<NbRow> routerPorts = new ArrayList<>();
        plan.gateways().forEach((subnet, range) -> {
            List<NbRow> ports = new ArrayList<>();
            portRows.forEach((port, row) -> {
                if (port.subnet().equals(subnet)) {
                    ports.add(row);
                }
            });
            ports.add(add(gatewayPort(subnet)));
            routerPorts.add(add(gateway(subnet, range)));
            add(NbRow.in(NbTable.SWITCH, "switch " + subnet)
                    .text("name", subnet.value())
                    .refers("ports", ports)
                    .refers("acls", borders.acls().getOrDefault(subnet, List.of()))
                    .row());
        });
        List<NbRow> policies = new ArrayList<>(borders.policies());
        plan.peerings().values().forEach(peering -> {
            routerPorts.add(add(link(peering)));
            policies.addAll(guard(peering, Set.of(peering.peerRange()), Set.of(plan.range())));
        });
        plan.requested().values().forEach(peering -> {
            routerPorts.add(add(link(peering)));
            policies.addAll(guard(peering, Set.of(), Set.of()));
        });
        List<NbRow> routes = routes();
        add(NbRow.in(NbTable.ROUTER, "router")
                .text("name", plan.net().value())
                .refers("ports", routerPorts)
                .refers("static_routes", routes)
                .refers("policies", policies)
                .row());
        OvnFilter.rows(plan, portRows).forEach(this::add);
    }

    private NbRow add(NbRow row) {
        rows.add(row);
        return row;
    }

    /** A NIC that is held to its addresses may send from nothing else (S6). */
    private static NbRow port(Port port) {
        String addresses = Stream.concat(
                        Stream.of(port.mac().toString()),
                        port.addresses().stream().map(Ipv4::toString))
                .collect(Collectors.joining(" "));
        NbRow.Builder row = NbRow.in(NbTable.SWITCH_PORT, "port " + port.nic())
                .text("name", OvnNames.port(port.nic()))
                .texts("addresses", Set.of(addresses))
                .texts(
                        "port_security",
                        Set.of(port.checked() ? addresses : port.mac().toString()));
        return (port.up() ? row : row.flag("enabled", false)).row();
    }

    /** The first port that sends decides for its Subnet, as all of them have the same table; without any nobody sends. */
    private NbRow gateway(SubnetId subnet, Cidr range) {
        NbRow.Builder row = NbRow.in(NbTable.ROUTER_PORT, "gateway " + subnet)
                .text("name", OvnNames.gateway(subnet))
                .text("mac", VmLink.ROUTER_MAC.toString())
                .texts("networks", Set.of(Subnet.gatewayOf(range) + "/" + range.length()));
        plan.ports().values().stream()
                .filter(port -> port.subnet().equals(subnet))
                .findFirst()
                .ifPresent(
                        port -> row.pair("options", "route_table", port.table().value()));
        return row.row();
    }

    private static NbRow gatewayPort(SubnetId subnet) {
        return NbRow.in(NbTable.SWITCH_PORT, "router of " + subnet)
                .text("name", OvnNames.gatewayPort(subnet))
                .text("type", "router")
                .texts("addresses", Set.of("router"))
                .pair("options", "router-port", OvnNames.gateway(subnet))
                .row();
    }

    private NbRow link(PeeringLink peering) {
        Ipv4 address = OvnNames.linkAddress(peering.id(), plan.net(), peering.peer());
        return NbRow.in(NbTable.ROUTER_PORT, "link " + peering.id())
                .text("name", OvnNames.link(peering.id(), plan.net()))
                .text("mac", OvnNames.linkMac(address).toString())
                .texts("networks", Set.of(OvnNames.linkRange(address)))
                .text("peer", OvnNames.link(peering.id(), peering.peer()))
                .row();
    }

    /** Lets through what comes from the peer's side for this Net's own, and nothing else. */
    private List<NbRow> guard(PeeringLink peering, Set<Cidr> peers, Set<Cidr> own) {
        String comes = "inport == \"%s\"".formatted(OvnNames.link(peering.id(), plan.net()));
        String peerSide = OvnNames.peerSide(peering.id(), plan.net());
        String ownSide = OvnNames.ownSide(peering.id(), plan.net());
        add(set("peer side of " + peering.id(), peerSide, peers));
        add(set("own side of " + peering.id(), ownSide, own));
        NbRow pass = NbRow.in(NbTable.POLICY, "pass " + peering.id())
                .whole("priority", LET_THROUGH)
                .text("match", "%s && ip4.src == $%s && ip4.dst == $%s".formatted(comes, peerSide, ownSide))
                .text("action", "allow")
                .row();
        NbRow drop = NbRow.in(NbTable.POLICY, "drop " + peering.id())
                .whole("priority", DROP_REST)
                .text("match", comes)
                .text("action", "drop")
                .row();
        return List.of(add(pass), add(drop));
    }

    private static NbRow set(String key, String name, Set<Cidr> ranges) {
        return NbRow.in(NbTable.ADDRESS_SET, key)
                .text("name", name)
                .texts("addresses", ranges.stream().map(Cidr::toString).toList())
                .row();
    }

    private List<NbRow> routes() {
        List<NbRow> routes = new ArrayList<>();
        routes.add(add(dropped("", plan.range())));
        for (Table table : plan.tables().values()) {
            routes.add(add(dropped(table.id().value(), plan.range())));
            table.routes()
                    .forEach((range, hop) -> routes.add(add(route(table.id().value(), range, hop))));
        }
        return routes;
    }

    private NbRow route(String table, Cidr range, NextHop hop) {
        return switch (hop) {
            case NextHop.Peering(NetPeeringId id) -> into(plan.peerings(), id, table, range);
            case NextHop.Requested(NetPeeringId id) -> into(plan.requested(), id, table, range);
            case NextHop.Blackhole(), NextHop.Exit(), NextHop.Nat _, NextHop.Nic _ -> dropped(table, range);
        };
    }

    private NbRow into(Map<NetPeeringId, PeeringLink> peerings, NetPeeringId id, String table, Cidr range) {
        PeeringLink peering = Objects.requireNonNull(peerings.get(id), id.value());
        Ipv4 next = OvnNames.linkAddress(id, peering.peer(), plan.net());
        return builder(table, range)
                .text("nexthop", next.toString())
                .text("output_port", OvnNames.link(id, plan.net()))
                .row();
    }

    private static NbRow dropped(String table, Cidr range) {
        return builder(table, range).text("nexthop", "discard").row();
    }

    private static NbRow.Builder builder(String table, Cidr range) {
        return NbRow.in(NbTable.ROUTE, "route %s %s".formatted(table.isEmpty() ? "main" : table, range))
                .text("route_table", table)
                .text("ip_prefix", range.toString());
    }
}
