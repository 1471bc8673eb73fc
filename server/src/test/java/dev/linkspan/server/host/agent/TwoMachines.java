package dev.linkspan.server.host.agent;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.address.CidrSet;
import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.address.MacAddress;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.id.RouteTableId;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.id.SubnetId;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.plan.GroupRule;
import dev.linkspan.core.plan.NetPlan;
import dev.linkspan.core.plan.NetPlan.GroupRules;
import dev.linkspan.core.plan.NetPlan.Port;
import dev.linkspan.core.plan.NetPlan.Table;
import dev.linkspan.core.securitygroup.Traffic;
import dev.linkspan.server.host.protocol.HostedMachine;
import dev.linkspan.server.host.protocol.HostedNic;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A Net with two machines in a Subnet, which may say anything to each other. */
final class TwoMachines {

    static final VmId A = VmId.KIND.of(0x5001);
    static final VmId B = VmId.KIND.of(0x5002);
    static final NicId NIC_A = NicId.KIND.of(0x5001);
    static final NicId NIC_B = NicId.KIND.of(0x5002);
    static final Ipv4 ADDRESS_A = Ipv4.parse("10.0.1.4");
    static final Ipv4 ADDRESS_B = Ipv4.parse("10.0.1.5");
    static final Ipv4 SECONDARY = Ipv4.parse("10.0.1.9");

    private static final NetId NET = NetId.KIND.of(0x5003);
    private static final SubnetId SUBNET = SubnetId.KIND.of(0x5003);
    private static final RouteTableId TABLE = RouteTableId.KIND.of(0x5003);
    private static final SecurityGroupId GROUP = SecurityGroupId.KIND.of(0x5003);
    private static final Cidr RANGE = Cidr.parse("10.0.1.0/24");

    private TwoMachines() {}

    /** @param more the addresses of A's besides its first */
    static NetPlan plan(Ipv4... more) {
        GroupRule everything = new GroupRule(new Traffic.All(), CidrSet.of(List.of(Cidr.ALL)), List.of());
        Port first = port(
                A, NIC_A, Stream.concat(Stream.of(ADDRESS_A), Stream.of(more)).toList());
        Port second = port(B, NIC_B, List.of(ADDRESS_B));
        return new NetPlan(
                NET,
                Cidr.parse("10.0.0.0/16"),
                Map.of(SUBNET, RANGE),
                Map.of(NIC_A, first, NIC_B, second),
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(TABLE, new Table(TABLE, Map.of())),
                Map.of(GROUP, new GroupRules(GROUP, List.of(everything), List.of(everything))),
                Map.of(),
                Map.of(),
                Optional.empty());
    }

    private static Port port(VmId vm, NicId nic, List<Ipv4> addresses) {
        return new Port(
                nic, vm, 0, mac(addresses.getFirst()), addresses, SUBNET, RANGE, TABLE, List.of(GROUP), true, true);
    }

    static MacAddress mac(Ipv4 address) {
        return new MacAddress(0x060000000000L | address.unsigned());
    }

    /** The machines of the plan, as hosts are told. */
    static List<HostedMachine> machines(NetPlan plan) {
        return plan.ports().values().stream().collect(Collectors.groupingBy(Port::vm)).entrySet().stream()
                .map(machine -> HostedMachine.of(NET, machine.getKey(), machine.getValue()))
                .toList();
    }

    /** The same, with A's NIC up or down. */
    static List<HostedMachine> withA(boolean up, List<HostedMachine> machines) {
        return machines.stream()
                .map(machine -> machine.vmId().equals(A)
                        ? new HostedMachine(
                                A,
                                NET,
                                machine.nics().stream()
                                        .map(nic -> with(up, nic))
                                        .toList())
                        : machine)
                .toList();
    }

    private static HostedNic with(boolean up, HostedNic nic) {
        return new HostedNic(nic.nicId(), nic.deviceNumber(), nic.mac(), nic.addresses(), nic.subnetRange(), up);
    }
}
