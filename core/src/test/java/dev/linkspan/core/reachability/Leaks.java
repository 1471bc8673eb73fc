package dev.linkspan.core.reachability;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.internet.InternetService;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.net.Subnet;
import dev.linkspan.core.net.Vm;
import dev.linkspan.core.operation.NetworkAcls;
import dev.linkspan.core.port.Snapshot;
import dev.linkspan.core.routing.RouteTable;
import dev.linkspan.core.securitygroup.Counterpart;
import dev.linkspan.core.securitygroup.SecurityGroup;
import dev.linkspan.core.securitygroup.SecurityGroupRule;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds in a value what its viewer should not learn: ids of others' resources, and the ranges of their Subnets. */
final class Leaks {

    private static final Pattern ID = Pattern.compile("[a-z]+-[0-9a-f]{8}");

    private Leaks() {}

    static List<String> in(Trace trace, Snapshot snapshot, AccountId viewer) {
        Set<String> known = known(snapshot, viewer);
        Set<Cidr> subnets = foreignSubnets(snapshot, viewer);
        List<String> leaks = new ArrayList<>();
        List<Object> parts = new ArrayList<>();
        collect(trace, parts);
        trace.verdict().causes().forEach(cause -> parts.add(cause.why().toString()));
        for (Object part : parts) {
            if (part instanceof Cidr cidr && subnets.contains(cidr)) {
                leaks.add("a Subnet's range " + cidr);
            }
            Matcher ids = ID.matcher(part instanceof String text ? text : "");
            while (ids.find()) {
                if (!known.contains(ids.group())) {
                    leaks.add(ids.group());
                }
            }
        }
        return leaks;
    }

    /** Every leaf of a record graph. */
    private static void collect(Object value, List<Object> parts) {
        switch (value) {
            case Optional<?> optional -> optional.ifPresent(it -> collect(it, parts));
            case Collection<?> many -> many.forEach(it -> collect(it, parts));
            case Record record -> {
                parts.add(record);
                for (RecordComponent component : record.getClass().getRecordComponents()) {
                    collect(read(component, record), parts);
                }
            }
            default -> parts.add(value);
        }
    }

    private static Object read(RecordComponent component, Record record) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(record);
        } catch (IllegalAccessException | InvocationTargetException unreadable) {
            throw new LinkageError("a record cannot be read", unreadable);
        }
    }

    /** The viewer's own ids, what its own rules and routes name, every Net and every peering of its Nets. */
    private static Set<String> known(Snapshot snapshot, AccountId viewer) {
        Set<String> known = new HashSet<>();
        snapshot.nets().ids().stream().map(NetId::value).forEach(known::add);
        for (NetId net : snapshot.nets().ids()) {
            snapshot.peerings().liveOfNet(net).stream()
                    .filter(peering -> peering.concerns(viewer))
                    .forEach(peering -> known.add(peering.id().value()));
        }
        snapshot.subnets().ofOwner(viewer).stream().map(Subnet::id).forEach(id -> known.add(id.value()));
        snapshot.vms().ofOwner(viewer).stream().map(Vm::id).forEach(id -> known.add(id.value()));
        snapshot.nics().ofOwner(viewer).stream().map(Nic::id).forEach(id -> known.add(id.value()));
        snapshot.internetServices().ofOwner(viewer).stream()
                .map(InternetService::id)
                .forEach(id -> known.add(id.value()));
        snapshot.publicIps().ofOwner(viewer).forEach(ip -> known.add(ip.id().value()));
        snapshot.natServices()
                .ofOwner(viewer)
                .forEach(service -> known.add(service.id().value()));
        for (RouteTable table : snapshot.routeTables().ofOwner(viewer)) {
            known.add(table.id().value());
            table.routes().forEach(route -> known.addAll(ids(route.toString())));
        }
        snapshot.nets().ofOwner(viewer).stream()
                .flatMap(net -> NetworkAcls.of(snapshot, net).all().stream())
                .forEach(acl -> known.add(acl.id().value()));
        for (SecurityGroup group : snapshot.securityGroups().ofOwner(viewer)) {
            known.add(group.id().value());
            for (SecurityGroupRule rule : group.rules()) {
                known.add(rule.id().value());
                if (rule.counterpart() instanceof Counterpart.Group named) {
                    known.add(named.id().value());
                }
            }
        }
        return known;
    }

    private static Set<String> ids(String text) {
        Set<String> ids = new HashSet<>();
        Matcher matcher = ID.matcher(text);
        while (matcher.find()) {
            ids.add(matcher.group());
        }
        return ids;
    }

    /** Those that the viewer's own rules do not name either. */
    private static Set<Cidr> foreignSubnets(Snapshot snapshot, AccountId viewer) {
        Set<Cidr> ranges = new HashSet<>();
        for (NetId net : snapshot.nets().ids()) {
            snapshot.subnets().ofNet(net).stream()
                    .filter(subnet -> !subnet.owner().equals(viewer))
                    .forEach(subnet -> ranges.add(subnet.range()));
        }
        snapshot.subnets().ofOwner(viewer).forEach(subnet -> ranges.remove(subnet.range()));
        snapshot.securityGroups()
                .ofOwner(viewer)
                .forEach(group -> group.rules().forEach(rule -> {
                    if (rule.counterpart() instanceof Counterpart.Range range) {
                        ranges.remove(range.range());
                    }
                }));
        snapshot.nets().ofOwner(viewer).stream()
                .flatMap(net -> NetworkAcls.of(snapshot, net).all().stream())
                .flatMap(acl -> acl.entries().stream())
                .forEach(entry -> ranges.remove(entry.range()));
        snapshot.routeTables()
                .ofOwner(viewer)
                .forEach(table -> table.routes().forEach(route -> ranges.remove(route.destination())));
        return ranges;
    }
}
