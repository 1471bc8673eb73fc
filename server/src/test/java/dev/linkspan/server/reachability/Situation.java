package dev.linkspan.server.reachability;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.port.Snapshot;
import dev.linkspan.core.reachability.Leg;
import dev.linkspan.core.reachability.Site;
import dev.linkspan.core.reachability.Step;
import dev.linkspan.core.reachability.Trace;
import dev.linkspan.core.routing.Route;
import dev.linkspan.core.securitygroup.Counterpart;
import dev.linkspan.core.securitygroup.Direction;
import dev.linkspan.core.securitygroup.Traffic;
import dev.linkspan.server.network.Probe;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is remarkable about a packet and its way, in words by which it is counted. */
final class Situation {

    private static final List<String> ANY_FATE = List.of("answered", "received", "lost");
    private static final List<String> NEVER_ONE_WAY = List.of("answered", "lost");

    private Situation() {}

    /** Each situation, and what must have become of a packet in it at least once. */
    static Map<String, List<String>> demanded() {
        Map<String, List<String>> all = new LinkedHashMap<>();
        List.of("udp", "icmp echo", "icmp timestamp", "a protocol without ports")
                .forEach(it -> all.put(it, ANY_FATE));
        all.put("tcp", NEVER_ONE_WAY);
        all.put("in one Subnet", NEVER_ONE_WAY);
        all.put("in one Net", ANY_FATE);
        all.put("to another Net", ANY_FATE);
        all.put("to nobody's address", List.of("lost"));
        all.put("to the router", NEVER_ONE_WAY);
        all.put("from a secondary address", ANY_FATE);
        all.put("to a secondary address", ANY_FATE);
        all.put("from a machine with two NICs", ANY_FATE);
        all.put("to a machine with two NICs", ANY_FATE);
        all.put("through a NIC that is not checked, with another's address", ANY_FATE);
        List.of("the peer's whole range", "a part of the peer's range", "more than the peer's range")
                .forEach(it -> all.put("by a route to " + it, ANY_FATE));
        all.put("by a route to a peering, active", ANY_FATE);
        List.of("pending-acceptance", "rejected", "expired", "deleted")
                .forEach(it -> all.put("by a route to a peering, " + it, List.of("lost")));
        List.of("everything", "tcp or udp ports", "icmp", "another protocol")
                .forEach(it -> all.put("by a rule about " + it, ANY_FATE));
        List.of("out of a Subnet", "into a Subnet").forEach(it -> all.put("by an entry of an ACL " + it, ANY_FATE));
        List.of("out by an internet service", "in by an internet service").forEach(it -> all.put(it, ANY_FATE));
        all.put("to outside", ANY_FATE);
        all.put("from outside", ANY_FATE);
        all.put("out of one Net and into another", ANY_FATE);
        all.put("out of a Net and into it again", ANY_FATE);
        all.put("through a NAT service to outside", ANY_FATE);
        all.put("through a NAT service out of one Net and into another", ANY_FATE);
        all.put("through a NAT service out of a Net and into it again", NEVER_ONE_WAY);
        all.put("through a NAT service to another Net", ANY_FATE);
        all.put("to a NAT service", List.of("lost"));
        all.put("by an appliance", ANY_FATE);
        all.put("by an appliance and a NAT service", List.of("answered", "lost"));
        all.put("by an appliance to outside", ANY_FATE);
        all.put("a reply by an appliance", List.of("answered", "received", "lost"));
        List.of("a range", "a group of its Net", "a group of a peer")
                .forEach(it -> all.put("by a rule for " + it, ANY_FATE));
        return all;
    }

    static List<String> of(Probe probe, Trace trace, Snapshot snapshot) {
        List<String> found = new ArrayList<>();
        found.add(protocol(probe));
        String where = where(trace);
        found.add(where);
        if (trace.steps().stream().anyMatch(Step.Translating.class::isInstance)) {
            found.add("through a NAT service " + where);
        }
        appliances(trace, where, found);
        addresses(probe, trace, snapshot, found);
        trace.steps().forEach(step -> add(step, trace, found));
        return found;
    }

    private static String protocol(Probe probe) {
        return switch (probe) {
            case Probe.Udp _ -> "udp";
            case Probe.Tcp _ -> "tcp";
            case Probe.Icmp(var _, var _, var _, int type) ->
                switch (type) {
                    case Probe.Icmp.ECHO -> "icmp echo";
                    case Probe.Icmp.TIMESTAMP -> "icmp timestamp";
                    default -> "an icmp reply";
                };
            case Probe.Experimental _ -> "a protocol without ports";
        };
    }

    private static void appliances(Trace trace, String where, List<String> found) {
        for (Step step : trace.steps()) {
            if (step instanceof Step.Appliance appliance && appliance.leg() == Leg.BACK) {
                found.add("a reply by an appliance");
            } else if (step instanceof Step.Appliance) {
                found.add("by an appliance");
                if (where.equals("to outside")) {
                    found.add("by an appliance to outside");
                }
                if (trace.steps().stream().anyMatch(Step.Translating.class::isInstance)) {
                    found.add("by an appliance and a NAT service");
                }
            }
        }
    }

    private static String where(Trace trace) {
        if (trace.steps().getLast() instanceof Step.Router) {
            return "to the router";
        }
        if (trace.from().isEmpty()) {
            return "from outside";
        }
        if (trace.steps().stream().anyMatch(Step.Outside.class::isInstance)) {
            return "to outside";
        }
        Optional<Site> to = trace.to().filter(site -> site.vm().isPresent());
        if (to.isEmpty()) {
            return "to nobody's address";
        }
        Site from = trace.from().get();
        boolean same = to.get().net().equals(from.net());
        if (trace.steps().stream().anyMatch(Step.Arriving.class::isInstance)) {
            return same ? "out of a Net and into it again" : "out of one Net and into another";
        }
        if (!same) {
            return "to another Net";
        }
        return to.get().subnet().equals(from.subnet()) ? "in one Subnet" : "in one Net";
    }

    private static void addresses(Probe probe, Trace trace, Snapshot snapshot, List<String> found) {
        if (trace.from().filter(from -> nics(snapshot, from).size() > 1).isPresent()) {
            found.add("from a machine with two NICs");
        }
        if (trace.from()
                .flatMap(Site::nic)
                .filter(nic -> isSecondary(snapshot, nic, probe.source()))
                .isPresent()) {
            found.add("from a secondary address");
        }
        trace.to().ifPresent(to -> {
            if (nics(snapshot, to).size() > 1) {
                found.add("to a machine with two NICs");
            }
            if (to.nic().filter(nic -> isSecondary(snapshot, nic, probe.to())).isPresent()) {
                found.add("to a secondary address");
            }
        });
    }

    private static List<Nic> nics(Snapshot snapshot, Site site) {
        return site.vm().map(snapshot.nics()::ofVm).orElse(List.of());
    }

    private static boolean isSecondary(Snapshot snapshot, NicId id, Ipv4 address) {
        return snapshot.nics()
                .find(id)
                .filter(nic -> nic.addresses().indexOf(address) > 0)
                .isPresent();
    }

    private static void add(Step step, Trace trace, List<String> found) {
        switch (step) {
            case Step.SourceCheck check
            when !check.own() && !check.checked() ->
                found.add("through a NIC that is not checked, with another's address");
            case Step.SubnetBorder border
            when border.passes() ->
                found.add("by an entry of an ACL "
                        + (border.direction() == Direction.OUTBOUND ? "out of a Subnet" : "into a Subnet"));
            case Step.Leaving _ -> found.add("out by an internet service");
            case Step.Arriving _ -> found.add("in by an internet service");
            case Step.Machine machine
            when machine.condition() == Step.Condition.NAT_SERVICE -> found.add("to a NAT service");
            case Step.Routing routing -> routes(routing, trace, found);
            case Step.Groups groups ->
                groups.allowance().ifPresent(it -> {
                    found.add("by a rule about " + inWords(it.rule().traffic()));
                    found.add("by a rule for " + whom(it.rule().counterpart(), trace));
                });
            default -> {}
        }
    }

    private static void routes(Step.Routing routing, Trace trace, List<String> found) {
        if (routing.leg() == Leg.THERE) {
            routing.route().flatMap(route -> extent(route, trace)).ifPresent(found::add);
            routing.target().ifPresent(state -> found.add("by a route to a peering, " + state.label()));
        }
    }

    private static Optional<String> extent(Route route, Trace trace) {
        if (route.isLocal() || trace.to().isEmpty()) {
            return Optional.empty();
        }
        int difference = Integer.compare(
                route.destination().length(), trace.to().get().range().length());
        return Optional.of("by a route to "
                + List.of("more than the peer's range", "the peer's whole range", "a part of the peer's range")
                        .get(difference + 1));
    }

    private static String inWords(Traffic traffic) {
        return switch (traffic) {
            case Traffic.All _ -> "everything";
            case Traffic.Ports _ -> "tcp or udp ports";
            case Traffic.Icmp _ -> "icmp";
            case Traffic.Other _ -> "another protocol";
        };
    }

    private static String whom(Counterpart counterpart, Trace trace) {
        boolean crosses = trace.sites().map(Site::net).distinct().count() > 1;
        return switch (counterpart) {
            case Counterpart.Range _ -> "a range";
            case Counterpart.Group _ -> crosses ? "a group of a peer" : "a group of its Net";
        };
    }
}
