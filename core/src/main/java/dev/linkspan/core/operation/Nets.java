package dev.linkspan.core.operation;

import dev.linkspan.core.account.Quota;
import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.event.EventType;
import dev.linkspan.core.event.Fact;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.DhcpOptionsSetId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NetworkAclId;
import dev.linkspan.core.id.ResourceId;
import dev.linkspan.core.id.RouteTableId;
import dev.linkspan.core.id.RouteTableLinkId;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.id.SecurityGroupRuleId;
import dev.linkspan.core.internet.InternetService;
import dev.linkspan.core.net.DhcpOptionsSet;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.net.NetAttribute;
import dev.linkspan.core.net.Subnet;
import dev.linkspan.core.net.Vm;
import dev.linkspan.core.networkacl.NetworkAcl;
import dev.linkspan.core.peering.NetPeering;
import dev.linkspan.core.peering.PeeringState;
import dev.linkspan.core.port.Snapshot;
import dev.linkspan.core.port.UnitOfWork;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.core.routing.RouteTable;
import dev.linkspan.core.routing.RouteTableLink;
import dev.linkspan.core.securitygroup.SecurityGroup;
import dev.linkspan.core.wording.Noun;
import dev.linkspan.core.wording.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The operations on Nets. */
public final class Nets {

    public static final String DEFAULT_TENANCY = "default";
    private static final Set<String> TENANCIES = Set.of(DEFAULT_TENANCY, "dedicated");

    /** The ranges whose addresses no host may have: this host, loopback, link-local, multicast, reserved (RFC 6890). */
    private static final List<Cidr> FOR_NO_HOST = Stream.of("0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "224.0.0.0/3")
            .map(Cidr::parse)
            .toList();

    /** A Net with its main route table (R1) and its default group (S1). */
    public Net create(UnitOfWork unit, AccountId caller, Cidr range, String tenancy) {
        requireRange(range);
        if (!TENANCIES.contains(tenancy)) {
            throw Refusal.malformed(Parameter.TENANCY, tenancy, "default or dedicated is expected");
        }
        requireQuota(unit, caller);
        NetId id = unit.newId(NetId.KIND);
        Net net = new Net(
                id, caller, unit.region(), range, tenancy, DhcpOptionsSet.DEFAULT, Net.DEFAULT_ATTRIBUTES, unit.now());
        unit.nets().save(net);
        RouteTableLink mainLink = new RouteTableLink(unit.newId(RouteTableLinkId.KIND), Optional.empty());
        unit.routeTables()
                .save(RouteTable.born(unit.newId(RouteTableId.KIND), net, unit.now())
                        .withLink(mainLink));
        unit.securityGroups()
                .save(SecurityGroup.bornWith(
                        net,
                        unit.newId(SecurityGroupId.KIND),
                        unit.newId(SecurityGroupRuleId.KIND),
                        unit.newId(SecurityGroupRuleId.KIND),
                        unit.now()));
        record(unit, EventType.NET_CREATED, net, Set.of(id), range.toString());
        return net;
    }

    private static void requireRange(Cidr range) {
        requireSize(range);
        specialRange(range).ifPresent(special -> {
            throw Refusal.badValue(Parameter.RANGE, range, "no machine can have an address of %s", special);
        });
    }

    /** Refuses what is too large or too small for a Net. */
    public static void requireSize(Cidr range) {
        if (range.length() < Net.LARGEST_PREFIX || range.length() > Net.SMALLEST_PREFIX) {
            throw new Refusal(
                    RefusalCode.NET_SIZE,
                    "The %s '%s' is not accepted: a %s is a /%d to a /%d.",
                    Parameter.RANGE,
                    range,
                    Noun.NET,
                    Net.LARGEST_PREFIX,
                    Net.SMALLEST_PREFIX);
        }
    }

    /** A range that this one overlaps, and whose addresses no host may have. */
    public static Optional<Cidr> specialRange(Cidr range) {
        return FOR_NO_HOST.stream().filter(range::overlaps).findFirst();
    }

    private static void requireQuota(Snapshot snapshot, AccountId caller) {
        int limit = Quotas.limit(snapshot, caller, Quota.NETS);
        if (snapshot.nets().countOfOwner(caller) >= limit) {
            throw new Refusal(
                    RefusalCode.NET_QUOTA,
                    "Account %s has %d %s in %s, which is its limit.",
                    caller,
                    limit,
                    Noun.NETS,
                    snapshot.region());
        }
    }

    /** Sets what clients read back as the Net's DHCP options. */
    public Net update(UnitOfWork unit, AccountId caller, NetId id, DhcpOptionsSetId dhcpOptions) {
        Net net = Visible.net(unit, caller, Parameter.NET, id);
        DhcpOptionsSet set = Visible.dhcpOptionsSet(unit, caller, Parameter.DHCP_OPTIONS_SET, dhcpOptions);
        return savedIfChanged(unit, net, net.withDhcpOptions(set.id()), "DHCP options " + set.id());
    }

    /** Switches what clients read back as an attribute of the Net. */
    public Net setAttribute(UnitOfWork unit, AccountId caller, NetId id, NetAttribute attribute, boolean on) {
        Net net = Visible.net(unit, caller, Parameter.NET, id);
        String detail = "%s %s".formatted(attribute, on ? "on" : "off");
        return savedIfChanged(unit, net, net.withAttribute(attribute, on), detail);
    }

    private static Net savedIfChanged(UnitOfWork unit, Net before, Net after, String detail) {
        if (!after.equals(before)) {
            unit.nets().save(after);
            record(unit, EventType.NET_CHANGED, after, Set.of(), detail);
        }
        return after;
    }

    /** Removes a Net that holds nothing but what it was born with, and that no live peering connects (L8). */
    public void delete(UnitOfWork unit, AccountId caller, NetId id) {
        Net net = Visible.net(unit, caller, Parameter.NET, id);
        List<RouteTable> tables = unit.routeTables().ofNet(id);
        List<SecurityGroup> groups = unit.securityGroups().ofNet(id);
        List<NetworkAcl> acls = unit.networkAcls().ofNet(id);
        List<String> inTheWay = inTheWay(unit, id, tables, groups, acls);
        if (!inTheWay.isEmpty()) {
            throw new Refusal(
                            RefusalCode.CONFLICT,
                            "The %s '%s' cannot be deleted while these are there: %s.",
                            Noun.NET,
                            id,
                            String.join(", ", inTheWay))
                    .about(id);
        }
        Set<NetId> touched = AffectedNets.byNic(
                unit, id, groups.stream().map(SecurityGroup::id).toList());
        for (RouteTable table : tables) {
            unit.tags().deleteOfResource(table.id());
            unit.routeTables().delete(table.id());
        }
        acls.forEach(acl -> unit.networkAcls().delete(acl.id()));
        for (SecurityGroup group : groups) {
            group.rules().forEach(rule -> unit.tags().deleteOfResource(rule.id()));
            unit.tags().deleteOfResource(group.id());
            unit.securityGroups().delete(group.id());
        }
        unit.tags().deleteOfResource(NetworkAclId.ofDefault(id));
        unit.tags().deleteOfResource(id);
        unit.nets().delete(id);
        record(unit, EventType.NET_DELETED, net, touched, net.range().toString());
    }

    private static List<String> inTheWay(
            Snapshot snapshot, NetId id, List<RouteTable> tables, List<SecurityGroup> groups, List<NetworkAcl> acls) {
        List<ResourceId> found = new ArrayList<>();
        snapshot.peerings().liveOfNet(id).stream()
                .filter(peering -> peering.stateAt(snapshot.now()) instanceof PeeringState.Live)
                .map(NetPeering::id)
                .forEach(found::add);
        snapshot.internetServices().findOfNet(id).map(InternetService::id).ifPresent(found::add);
        snapshot.vms().ofNet(id).stream().filter(Vm::exists).map(Vm::id).forEach(found::add);
        snapshot.nics().ofNet(id).stream().map(Nics::seenAs).forEach(found::add);
        snapshot.subnets().ofNet(id).stream().map(Subnet::id).forEach(found::add);
        tables.stream().filter(table -> !table.main()).map(RouteTable::id).forEach(found::add);
        groups.stream()
                .filter(group -> !group.isDefault())
                .map(SecurityGroup::id)
                .forEach(found::add);
        acls.stream().filter(acl -> !acl.isDefault()).map(NetworkAcl::id).forEach(found::add);
        return found.stream().map(ResourceId::value).toList();
    }

    private static void record(UnitOfWork unit, EventType type, Net net, Set<NetId> touched, String detail) {
        unit.record(new Fact(type, net.id().value(), Set.of(net.owner()), touched, detail));
    }
}
