package dev.linkspan.server.history;

import dev.linkspan.core.securitygroup.Direction;
import dev.linkspan.server.reachability.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Draws the edges of the Nets, and what happens to them: network ACLs at a Subnet of the hub and at the east's, exits of the hub
 * and of all its peers but the west, and public addresses of their machines. The west has a route by the hub to where exits
 * lead, which leads nowhere (X5).
 */
final class Edges {

    /** The machines that are seen outside, each by its public address. */
    static final Map<String, String> PUBLIC = new TreeMap<>(
            Map.of("h1", "203.0.113.10", "h3", "203.0.113.11", "s1", "203.0.113.20", "e1", "203.0.113.30"));

    private static final List<String> WITH_EXIT = List.of("hub", "east", "side");
    private static final int LAST_ENTRY = 900;

    private final Hub hub;
    private final List<Step.RouteOutside> routes = new ArrayList<>();
    private int entries;

    Edges(Hub hub) {
        this.hub = hub;
        exits();
        acls();
    }

    private void exits() {
        WITH_EXIT.forEach(this::linkService);
        PUBLIC.keySet().forEach(this::link);
        route("hub.main", hub.any(List.of("0.0.0.0/0", "203.0.113.0/24")));
        route("hub.t1", "203.0.113.0/24");
        route("east.main", hub.any(List.of("0.0.0.0/0", "203.0.113.0/24")));
        route("side.main", "0.0.0.0/0");
    }

    private void route(String table, String destination) {
        Step.RouteOutside route = new Step.RouteOutside(table, destination, serviceOf(table.split("\\.", 2)[0]));
        routes.add(route);
        hub.add(route);
    }

    private static String serviceOf(String net) {
        return net + ".exit";
    }

    private void linkService(String net) {
        hub.add(new Step.LinkInternetService(serviceOf(net), net));
    }

    private void link(String name) {
        hub.add(new Step.LinkPublicIp(
                PUBLIC.get(name), name, hub.seats.get(name).address()));
    }

    private void acls() {
        for (String net : List.of("hub", "east")) {
            hub.add(new Step.CreateAcl(aclOf(net), net));
            for (Direction direction : Direction.values()) {
                hub.add(new Step.AddEntry(aclOf(net), LAST_ENTRY, direction, "-1", 0, 0, "0.0.0.0/0", true));
            }
            hub.add(new Step.AssociateAcl(subnetOf(net), aclOf(net)));
        }
    }

    private static String aclOf(String net) {
        return net + ".edge";
    }

    private static String subnetOf(String net) {
        return net.equals("hub") ? "hub.s1" : net + ".s0";
    }

    /** @param undoing what is done later, to undo what was done */
    void change(List<Runnable> undoing) {
        switch (hub.random.nextInt(6)) {
            case 0, 1 -> entry(undoing);
            case 2 -> publicAddress(undoing);
            case 3 -> service(undoing);
            case 4 -> inVain(undoing);
            default -> leadElsewhere(undoing);
        }
    }

    /** Something is denied at a border; or all is, by an ACL whose last entry is gone. */
    private void entry(List<Runnable> undoing) {
        String net = hub.any(List.of("hub", "east"));
        Direction direction = hub.any(List.of(Direction.values()));
        if (hub.percent(15)) {
            hub.add(new Step.RemoveEntry(aclOf(net), direction, LAST_ENTRY));
            undoing.add(
                    () -> hub.add(new Step.AddEntry(aclOf(net), LAST_ENTRY, direction, "-1", 0, 0, "0.0.0.0/0", true)));
            return;
        }
        int number = ++entries;
        String protocol = hub.any(Hub.PROTOCOLS);
        boolean ports = protocol.equals("udp") || protocol.equals("tcp");
        boolean service = ports && hub.percent(50);
        int first = service ? Hub.SERVICES.get(protocol) : protocol.equals("icmp") ? -1 : 0;
        int last = service ? first : ports ? 65_535 : first;
        String whom = hub.any(List.of("0.0.0.0/0", "10.0.0.0/8", "10.1.0.0/16", "10.0.0.0/16", "203.0.113.0/24"));
        hub.add(new Step.AddEntry(aclOf(net), number, direction, protocol, first, last, whom, false));
        undoing.add(() -> hub.add(new Step.RemoveEntry(aclOf(net), direction, number)));
        if (hub.percent(25)) {
            hub.add(new Step.AssociateAcl(subnetOf(net), net + ".acl"));
            undoing.add(() -> hub.add(new Step.AssociateAcl(subnetOf(net), aclOf(net))));
        }
    }

    /** What is mostly refused, as things are mostly: what is in use goes, and what is there comes once more. */
    private void inVain(List<Runnable> undoing) {
        String net = hub.any(WITH_EXIT);
        Direction direction = hub.any(List.of(Direction.values()));
        switch (hub.random.nextInt(4)) {
            case 0 -> {
                hub.add(new Step.UnlinkInternetService(serviceOf(net)));
                undoing.add(() -> linkService(net));
            }
            case 1 -> {
                String second = net + ".second";
                hub.add(new Step.LinkInternetService(second, net));
                hub.add(new Step.UnlinkInternetService(second));
            }
            case 2 -> hub.add(new Step.AddEntry(aclOf("hub"), LAST_ENTRY, direction, "-1", 0, 0, "0.0.0.0/0", true));
            default -> hub.add(new Step.RemoveEntry(aclOf("hub"), direction, LAST_ENTRY + 1));
        }
    }

    private void publicAddress(List<Runnable> undoing) {
        String name = hub.any(List.copyOf(PUBLIC.keySet()));
        hub.add(new Step.UnlinkPublicIp(PUBLIC.get(name)));
        undoing.add(() -> link(name));
    }

    /** It is unlinked when no public address of its Net is in use any more (X1). */
    private void service(List<Runnable> undoing) {
        String net = hub.any(WITH_EXIT);
        List<String> names = PUBLIC.keySet().stream()
                .filter(name -> hub.seats.get(name).net().equals(net))
                .toList();
        names.forEach(name -> hub.add(new Step.UnlinkPublicIp(PUBLIC.get(name))));
        hub.add(new Step.UnlinkInternetService(serviceOf(net)));
        if (hub.percent(20)) {
            names.forEach(this::link);
        }
        undoing.add(() -> {
            linkService(net);
            names.forEach(this::link);
        });
    }

    private void leadElsewhere(List<Runnable> undoing) {
        Step.RouteOutside route = hub.any(routes);
        hub.add(new Step.DeleteRoute(route.table(), route.destination()));
        undoing.add(() -> hub.add(route));
    }
}
