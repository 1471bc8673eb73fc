package dev.linkspan.server.reachability;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.internet.PublicIpPool;
import dev.linkspan.core.internet.PublicIpPools;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.securitygroup.Direction;
import dev.linkspan.server.reachability.Draft.DraftNet;
import dev.linkspan.server.reachability.Draft.DraftPeering;
import dev.linkspan.server.reachability.Draft.DraftVm;
import dev.linkspan.server.reachability.Draft.Fate;
import java.util.List;
import java.util.Map;

/** Draws what leads out of Nets other than peerings: internet services, routes to them, and public addresses (rules X). */
final class Exits {

    /** Outside has the first of the pool, and another one. */
    static final List<Ipv4> ADDRESSES_OUTSIDE = List.of(Ipv4.parse("203.0.113.1"), Ipv4.parse("192.0.2.1"));

    static final Cidr PUBLIC = Cidr.parse("203.0.113.0/24");

    static final PublicIpPools POOLS = new PublicIpPools(Map.of(Fixture.REGION, new PublicIpPool(PUBLIC)));

    private static final Ipv4 FIRST = Ipv4.parse("203.0.113.10");

    private static final List<Cidr> DESTINATIONS =
            List.of(Cidr.ALL, Cidr.ALL, Cidr.ALL, Cidr.parse("203.0.113.0/24"), Cidr.of(ADDRESSES_OUTSIDE.getFirst()));

    private final Draft draft;

    Exits(Draft draft) {
        this.draft = draft;
    }

    /** Some networks have none, as before there were any. */
    void draw() {
        if (draft.percent(40)) {
            return;
        }
        draft.nets.stream().filter(_ -> draft.percent(60)).forEach(this::exit);
        draft.nets.forEach(this::forbidden);
    }

    private void exit(DraftNet net) {
        net.exit = true;
        draft.add(new Step.LinkInternetService(serviceOf(net), net.name));
        for (String table : net.tables) {
            if (draft.percent(75)) {
                route(table, draft.any(DESTINATIONS), net);
            }
        }
        if (draft.percent(15)) {
            draft.add(new Step.UnlinkInternetService(serviceOf(net)));
            return;
        }
        for (DraftVm vm : net.vms) {
            if (draft.percent(55)) {
                link(vm, draft.random.nextBoolean());
            }
            if (vm.nics.size() > 1 && draft.percent(30)) {
                link(vm, draft.random.nextBoolean());
            }
        }
        if (draft.percent(60)) {
            admit(net);
        }
        if (draft.percent(12)) {
            draft.add(new Step.UnlinkPublicIp(FIRST.plus(draft.random.nextInt(Math.max(1, draft.publicIps.size())))
                    .toString()));
        }
    }

    static String serviceOf(DraftNet net) {
        return net.name + ".igw";
    }

    void route(String table, Cidr destination, DraftNet of) {
        if (!draft.isRouted(table, destination)) {
            Step.RouteOutside route = new Step.RouteOutside(table, destination.toString(), serviceOf(of));
            draft.routesOutside.add(route);
            draft.add(route);
        }
    }

    /** A machine's second NIC has the last of its addresses. */
    private void link(DraftVm vm, boolean atLast) {
        boolean two = vm.nics.size() > 1;
        List<Ipv4> ofFirst = vm.addresses.subList(0, vm.addresses.size() - (two ? 1 : 0));
        Ipv4 own = two && atLast ? vm.addresses.getLast() : draft.any(ofFirst);
        String nic = two && atLast ? vm.nics.getLast() : vm.nics.getFirst();
        Step.LinkPublicIp link =
                new Step.LinkPublicIp(FIRST.plus(draft.publicIps.size()).toString(), nic, own.toString());
        draft.publicIps.add(link);
        draft.add(link);
    }

    /** A rule that speaks of addresses outside: what is there, or what other machines are seen as. */
    private void admit(DraftNet net) {
        Cidr whom = draft.any(List.of(
                Cidr.parse("203.0.113.0/24"), Cidr.of(draft.any(ADDRESSES_OUTSIDE)), Cidr.parse("203.0.113.8/29")));
        draft.newRule(new Step.Allow(draft.any(net.groups), Direction.INBOUND, "-1", 0, 0, whom.toString()));
    }

    /** Outside by a peering, which must not work (P11). */
    private void forbidden(DraftNet net) {
        List<DraftPeering> own = draft.peerings(it -> it.fate == Fate.ACTIVE && it.connects(net));
        if (!own.isEmpty() && draft.percent(25)) {
            draft.newRoute(draft.any(net.tables), draft.any(DESTINATIONS), draft.any(own));
        }
    }

    /** What happens to them while packets flow. */
    Step change(List<Step> undoing) {
        if (draft.percent(30) && !draft.routesOutside.isEmpty()) {
            Step.RouteOutside route = draft.any(draft.routesOutside);
            undoing.add(route);
            return new Step.DeleteRoute(route.table(), route.destination());
        }
        Step.LinkPublicIp link = draft.any(draft.publicIps);
        if (draft.percent(50)) {
            undoing.add(link);
            return new Step.UnlinkPublicIp(link.publicAddress());
        }
        Step.LinkPublicIp other = draft.any(draft.publicIps);
        return new Step.LinkPublicIp(link.publicAddress(), other.nic(), other.privateAddress());
    }
}
