package dev.linkspan.server.history;

import dev.linkspan.core.securitygroup.Direction;
import dev.linkspan.server.reachability.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/**
 * A network that is being drawn, and what has been done to it so far: a hub that is peered with two Nets of equal ranges,
 * {@code east} and {@code west}, whose machines have equal addresses, and with {@code side}, which is peered with {@code
 * east} too.
 */
final class Hub {

    static final List<String> PROTOCOLS = List.of("udp", "tcp", "icmp", "253");
    static final Map<String, Integer> SERVICES = Map.of("udp", 53, "tcp", 80);
    static final String SPARE_NIC = "n1";
    static final String SPARE_ADDRESS = "10.0.0.30";
    static final String NOBODYS_ADDRESS = "10.1.1.200";

    final RandomGenerator random;
    final List<Step> steps = new ArrayList<>();
    final List<Step.Allow> rules = new ArrayList<>();
    final List<Link> links = new ArrayList<>();
    final Map<String, Step.CreateRoute> routes = new LinkedHashMap<>();
    final Map<String, Placement> seats = new LinkedHashMap<>();
    final Edges edges;
    private final Map<String, String> linkOfRoute = new LinkedHashMap<>();
    private int peerings;

    /** A machine with its first NIC. */
    record Placement(String name, String net, String subnet, String address, List<String> groups) {}

    /** Two Nets, and the peering between them as it is now. */
    static final class Link {
        final String source;
        final String accepter;
        String peering = "";
        boolean active;
        boolean pending;

        Link(String source, String accepter) {
            this.source = source;
            this.accepter = accepter;
        }
    }

    Hub(RandomGenerator random) {
        this.random = random;
        nets();
        machines();
        peerings();
        rules();
        edges = new Edges(this);
    }

    void add(Step step) {
        steps.add(step);
    }

    <T> T any(List<T> items) {
        return items.get(random.nextInt(items.size()));
    }

    boolean percent(int chance) {
        return random.nextInt(100) < chance;
    }

    private void nets() {
        net("hub", "10.0.0.0/16", "ann");
        net("east", "10.1.0.0/16", "bob");
        net("west", "10.1.0.0/16", percent(50) ? "cyd" : "bob");
        net("side", "10.2.0.0/16", percent(50) ? "ann" : "dan");
        add(new Step.CreateSubnet("hub.s0", "hub", "10.0.0.0/24", "a"));
        add(new Step.CreateSubnet("hub.s1", "hub", "10.0.1.0/24", "b"));
        add(new Step.CreateSubnet("east.s0", "east", "10.1.1.0/24", any(List.of("a", "b"))));
        add(new Step.CreateSubnet("west.s0", "west", "10.1.1.0/24", any(List.of("a", "b"))));
        add(new Step.CreateSubnet("side.s0", "side", "10.2.0.0/24", "a"));
        add(new Step.CreateTable("hub.t1", "hub"));
    }

    private void net(String name, String range, String owner) {
        add(new Step.CreateNet(name, range, owner));
        add(new Step.CreateGroup(name + ".web", name));
        add(new Step.CreateGroup(name + ".db", name));
    }

    private void machines() {
        seat("h1", "hub", "hub.s0", "10.0.0.4");
        seat("h2", "hub", "hub.s0", "10.0.0.5");
        seat("h3", "hub", "hub.s1", "10.0.1.4");
        for (String net : List.of("east", "west")) {
            String initial = net.substring(0, 1);
            seat(initial + "1", net, net + ".s0", "10.1.1.4");
            seat(initial + "2", net, net + ".s0", "10.1.1.5");
        }
        seat("s1", "side", "side.s0", "10.2.0.4");
        add(new Step.AddNic(SPARE_NIC, "h1", "hub.s0", List.of("10.0.0.20"), someGroups("hub")));
        add(new Step.MoveAddress("h1", SPARE_ADDRESS));
    }

    private void seat(String name, String net, String subnet, String address) {
        Placement seat = new Placement(name, net, subnet, address, someGroups(net));
        seats.put(name, seat);
        create(seat);
    }

    void create(Placement seat) {
        add(new Step.CreateVm(seat.name(), seat.subnet(), List.of(seat.address()), seat.groups()));
    }

    List<String> someGroups(String net) {
        return switch (random.nextInt(10)) {
            case 0 -> List.of(net + ".db");
            case 1 -> List.of(net + ".web", net + ".db");
            case 2 -> List.of(net + ".default", net + ".web");
            default -> List.of(net + ".web");
        };
    }

    private void peerings() {
        links.add(new Link("hub", "east"));
        links.add(new Link("west", "hub"));
        links.add(new Link("hub", "side"));
        links.add(new Link("east", "side"));
        links.forEach(this::connect);
        int first = random.nextInt(2);
        route("hub.main", "10.1.0.0/16", links.get(first));
        route("hub.t1", "10.1.0.0/16", links.get(1 - first));
        if (percent(50)) {
            route("hub.main", "10.1.1.5/32", links.get(1 - first));
        }
        for (String table : List.of("hub.main", "hub.t1")) {
            route(table, "10.2.0.0/16", links.get(2));
        }
        route("east.main", "10.0.0.0/16", links.get(0));
        route("west.main", "10.0.0.0/16", links.get(1));
        route("west.main", "203.0.113.0/24", links.get(1));
        route("side.main", "10.0.0.0/16", links.get(2));
        route("east.main", "10.2.0.0/16", links.get(3));
        route("side.main", "10.1.0.0/16", links.get(3));
    }

    /** Asks and accepts; a request that is pending already is answered by itself. */
    void connect(Link link) {
        ask(link);
        accept(link);
    }

    void ask(Link link) {
        link.peering = "p" + peerings++;
        link.pending = true;
        add(new Step.AskForPeering(link.peering, link.source, link.accepter));
    }

    void accept(Link link) {
        link.pending = false;
        link.active = true;
        add(new Step.AcceptPeering(link.peering));
    }

    void disconnect(Link link) {
        link.active = false;
        link.pending = false;
        add(new Step.DeletePeering(link.peering));
    }

    private void route(String table, String destination, Link link) {
        Step.CreateRoute route = new Step.CreateRoute(table, destination, link.peering);
        routes.put(key(route), route);
        linkOfRoute.put(key(route), key(link));
        add(route);
    }

    private static String key(Step.CreateRoute route) {
        return route.table() + " " + route.destination();
    }

    private static String key(Link link) {
        return link.source + " " + link.accepter;
    }

    Link linkOf(Step.CreateRoute route) {
        return links.stream()
                .filter(link -> key(link).equals(linkOfRoute.get(key(route))))
                .findFirst()
                .orElseThrow();
    }

    /** The route, which led to one of the two equal peers, leads to the other one. */
    void lead(Step.CreateRoute route, Link link) {
        linkOfRoute.put(key(route), key(link));
        add(new Step.UpdateRoute(route.table(), route.destination(), link.peering));
    }

    void restore(Step.CreateRoute route) {
        add(new Step.CreateRoute(route.table(), route.destination(), linkOf(route).peering));
    }

    /** Routes to what the link's peering was lead to what it is now. */
    void leadAgain(Link link) {
        for (Step.CreateRoute route : routes.values()) {
            if (linkOf(route) == link) {
                add(new Step.DeleteRoute(route.table(), route.destination()));
                restore(route);
            }
        }
    }

    private void rules() {
        for (String net : List.of("hub", "east", "west", "side")) {
            Set<String> others = new TreeSet<>(Set.of("0.0.0.0/0", "10.0.0.0/8", "10.0.0.0/14", "203.0.113.0/24"));
            others.addAll(
                    net.equals("hub")
                            ? List.of("10.1.0.0/16", "east.web", "hub.web")
                            : List.of("10.0.0.0/16", "hub.web"));
            for (String group : List.of(net + ".web", net + ".db")) {
                for (String protocol : PROTOCOLS) {
                    if (percent(group.endsWith("web") ? 95 : 60)) {
                        allow(group, Direction.INBOUND, protocol, any(List.copyOf(others)));
                    }
                    if (percent(15)) {
                        allow(group, Direction.INBOUND, protocol, any(List.copyOf(others)));
                    }
                }
                if (percent(25)) {
                    add(new Step.Revoke(group, Direction.OUTBOUND, "-1", 0, 0, "0.0.0.0/0"));
                    PROTOCOLS.forEach(protocol -> allow(group, Direction.OUTBOUND, protocol, "10.0.0.0/8"));
                }
            }
        }
    }

    private void allow(String group, Direction direction, String protocol, String whom) {
        Step.Allow rule = switch (protocol) {
            case "udp" -> new Step.Allow(group, direction, protocol, 53, 53, whom);
            case "tcp" -> new Step.Allow(group, direction, protocol, 80, 80, whom);
            case "icmp" -> new Step.Allow(group, direction, protocol, Packet.ECHO_REQUEST, -1, whom);
            default -> new Step.Allow(group, direction, protocol, 0, 0, whom);
        };
        if (!rules.contains(rule)) {
            rules.add(rule);
            add(rule);
        }
    }
}
