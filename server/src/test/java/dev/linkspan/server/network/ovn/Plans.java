package dev.linkspan.server.network.ovn;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.address.CidrSet;
import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.address.MacAddress;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.id.RouteTableId;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.id.SubnetId;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.plan.GroupRule;
import dev.linkspan.core.plan.NetPlan;
import dev.linkspan.core.plan.NetPlan.GroupRules;
import dev.linkspan.core.plan.NetPlan.Link;
import dev.linkspan.core.plan.NetPlan.Member;
import dev.linkspan.core.plan.NetPlan.NextHop;
import dev.linkspan.core.plan.NetPlan.PeeringLink;
import dev.linkspan.core.plan.NetPlan.Port;
import dev.linkspan.core.plan.NetPlan.Table;
import dev.linkspan.core.securitygroup.Traffic;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A Net with two machines in a Subnet, peered with another one. */
final class Plans {

    static final NetId NET = new NetId("vpc-00001001");
    static final NetPeeringId PEERING = new NetPeeringId("pcx-00001002");
    static final SubnetId SUBNET = new SubnetId("subnet-00001003");
    static final RouteTableId TABLE = new RouteTableId("rtb-00001004");
    static final SecurityGroupId GROUP = new SecurityGroupId("sg-00001005");
    static final SecurityGroupId NAMED = new SecurityGroupId("sg-00001006");
    static final NicId FIRST = new NicId("eni-00001007");
    static final NicId SECOND = new NicId("eni-00001008");
    static final Traffic SSH = new Traffic.Ports(Traffic.TCP, 22, 22);

    private static final PeeringLink LINK =
            new PeeringLink(PEERING, new NetId("vpc-00001009"), Cidr.parse("10.1.0.0/16"));

    private Plans() {}

    /** The peering is active, routed to, and open for SSH. */
    static NetPlan peered() {
        return plan(
                Map.of(PEERING, LINK),
                Map.of(Cidr.parse("10.1.0.0/16"), new NextHop.Peering(PEERING)),
                List.of(new GroupRule(SSH, CidrSet.of(List.of(Cidr.parse("10.1.0.0/16"))), List.of(NAMED))));
    }

    /** The same while nobody has accepted the peering. */
    static NetPlan requested() {
        NetPlan plan = plan(
                Map.of(),
                Map.of(Cidr.parse("10.1.0.0/16"), new NextHop.Requested(PEERING)),
                List.of(new GroupRule(SSH, CidrSet.of(List.of(Cidr.parse("10.1.0.0/16"))), List.of(NAMED))));
        return new NetPlan(
                plan.net(),
                plan.range(),
                plan.gateways(),
                plan.ports(),
                plan.natServices(),
                plan.peerings(),
                Map.of(PEERING, LINK),
                plan.tables(),
                plan.groups(),
                plan.members(),
                plan.borders(),
                plan.exit());
    }

    /** The same when the peering is gone. */
    static NetPlan parted() {
        return plan(
                Map.of(),
                Map.of(Cidr.parse("10.1.0.0/16"), new NextHop.Blackhole()),
                List.of(new GroupRule(SSH, CidrSet.of(List.of(Cidr.parse("10.1.0.0/16"))), List.of(NAMED))));
    }

    static NetPlan plan(Map<NetPeeringId, PeeringLink> peerings, Map<Cidr, NextHop> routes, List<GroupRule> inbound) {
        GroupRule everything = new GroupRule(new Traffic.All(), CidrSet.of(List.of(Cidr.ALL)), List.of());
        return new NetPlan(
                NET,
                Cidr.parse("10.0.0.0/16"),
                Map.of(SUBNET, Cidr.parse("10.0.1.0/24")),
                Map.of(FIRST, port(FIRST, "10.0.1.4", true, true), SECOND, port(SECOND, "10.0.1.5", false, false)),
                Map.of(),
                peerings,
                Map.of(),
                Map.of(TABLE, new Table(TABLE, routes)),
                Map.of(GROUP, new GroupRules(GROUP, inbound, List.of(everything))),
                Map.of(NAMED, Set.of(new Member(new Link.ToNic(SECOND), Ipv4.parse("10.0.1.5")))),
                Map.of(),
                Optional.empty());
    }

    private static Port port(NicId nic, String address, boolean checked, boolean up) {
        Ipv4 its = Ipv4.parse(address);
        return new Port(
                nic,
                new VmId("i-" + nic.value().substring(NicId.KIND.prefix().length())),
                0,
                new MacAddress(0x060000000000L + (its.bits() & 0xff)),
                List.of(its),
                SUBNET,
                Cidr.parse("10.0.1.0/24"),
                TABLE,
                List.of(GROUP),
                checked,
                up);
    }
}
