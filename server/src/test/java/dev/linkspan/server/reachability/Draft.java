package dev.linkspan.server.reachability;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.address.Ipv4;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/** A scenario that is being drawn: its steps so far, and what they made. */
final class Draft {

    final RandomGenerator random;
    final List<Step> steps = new ArrayList<>();
    final List<DraftNet> nets = new ArrayList<>();
    final List<DraftPeering> peerings = new ArrayList<>();
    final List<Step.Allow> rules = new ArrayList<>();
    final List<Step.AddEntry> entries = new ArrayList<>();
    final List<Step.CreateRoute> routes = new ArrayList<>();
    final List<Step.RouteOutside> routesOutside = new ArrayList<>();
    final List<Step.LinkPublicIp> publicIps = new ArrayList<>();

    Draft(RandomGenerator random) {
        this.random = random;
    }

    record DraftSubnet(String name, Cidr range, String in) {}

    static final class DraftNet {
        final String name;
        final Cidr range;
        final String owner;
        final List<DraftSubnet> subnets = new ArrayList<>();
        final List<String> tables = new ArrayList<>();
        final List<String> groups = new ArrayList<>();
        final List<String> acls = new ArrayList<>();
        final List<DraftVm> vms = new ArrayList<>();
        final List<Ipv4> unlinked = new ArrayList<>();
        boolean exit;

        DraftNet(String name, Cidr range, String owner) {
            this.name = name;
            this.range = range;
            this.owner = owner;
        }
    }

    static final class DraftVm {
        final String name;
        final DraftNet net;
        final List<String> nics = new ArrayList<>();
        final List<Ipv4> addresses = new ArrayList<>();

        DraftVm(String name, DraftNet net) {
            this.name = name;
            this.net = net;
            nics.add(name);
        }
    }

    /** What becomes of a request. */
    enum Fate {
        ACTIVE,
        PENDING,
        REJECTED,
        WITHDRAWN,
        ENDED,
        EXPIRED
    }

    static final class DraftPeering {
        final String name;
        final DraftNet source;
        final DraftNet accepter;
        Fate fate;

        DraftPeering(String name, DraftNet source, DraftNet accepter, Fate fate) {
            this.name = name;
            this.source = source;
            this.accepter = accepter;
            this.fate = fate;
        }

        boolean connects(DraftNet net) {
            return source == net || accepter == net;
        }

        DraftNet peerOf(DraftNet net) {
            return source == net ? accepter : source;
        }
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

    List<DraftVm> vms() {
        return nets.stream().flatMap(net -> net.vms.stream()).toList();
    }

    List<DraftPeering> peerings(Predicate<DraftPeering> which) {
        return peerings.stream().filter(which).toList();
    }

    /** The Nets that an active peering connects with this one. */
    List<DraftNet> peersOf(DraftNet net) {
        return peerings(it -> it.fate == Fate.ACTIVE && it.connects(net)).stream()
                .map(it -> it.peerOf(net))
                .toList();
    }

    DraftPeering newPeering(DraftNet source, DraftNet accepter, Fate fate) {
        DraftPeering peering = new DraftPeering("p" + peerings.size(), source, accepter, fate);
        peerings.add(peering);
        add(new Step.AskForPeering(peering.name, source.name, accepter.name));
        return peering;
    }

    void newRoute(String table, Cidr destination, DraftPeering peering) {
        boolean taken = isRouted(table, destination);
        DraftNet own = nets.stream()
                .filter(net -> net.tables.contains(table))
                .findFirst()
                .orElseThrow();
        if (!taken && !own.range.contains(destination)) {
            Step.CreateRoute route = new Step.CreateRoute(table, destination.toString(), peering.name);
            routes.add(route);
            add(route);
        }
    }

    /** Whether the table has a route to exactly this destination, wherever it leads. */
    boolean isRouted(String table, Cidr destination) {
        String text = destination.toString();
        return routes.stream()
                        .anyMatch(route -> route.table().equals(table)
                                && route.destination().equals(text))
                || routesOutside.stream()
                        .anyMatch(route -> route.table().equals(table)
                                && route.destination().equals(text));
    }

    void newRule(Step.Allow rule) {
        if (!rules.contains(rule)) {
            rules.add(rule);
            add(rule);
        }
    }
}
