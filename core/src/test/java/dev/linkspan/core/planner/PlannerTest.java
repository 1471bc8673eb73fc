package dev.linkspan.core.planner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.address.CidrSet;
import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.address.Ipv6Range;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.id.SecurityGroupRuleId;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.net.Subnet;
import dev.linkspan.core.net.Vm;
import dev.linkspan.core.net.VmState;
import dev.linkspan.core.operation.RouteTables;
import dev.linkspan.core.peering.NetPeering;
import dev.linkspan.core.plan.GroupRule;
import dev.linkspan.core.plan.NetPlan;
import dev.linkspan.core.plan.NetPlan.Link;
import dev.linkspan.core.plan.NetPlan.Member;
import dev.linkspan.core.plan.NetPlan.NextHop;
import dev.linkspan.core.plan.NetPlan.PeeringLink;
import dev.linkspan.core.plan.NetPlan.Port;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.InMemoryStore;
import dev.linkspan.core.routing.RequestedTarget;
import dev.linkspan.core.routing.RouteTable;
import dev.linkspan.core.securitygroup.Counterpart;
import dev.linkspan.core.securitygroup.Direction;
import dev.linkspan.core.securitygroup.SecurityGroup;
import dev.linkspan.core.securitygroup.SecurityGroupRule;
import dev.linkspan.core.securitygroup.Traffic;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PlannerTest {

    private static final Traffic SSH = new Traffic.Ports(Traffic.TCP, 22, 22);
    private static final Traffic WEB = new Traffic.Ports(Traffic.TCP, 443, 443);

    private final InMemoryStore store = new InMemoryStore();
    private final Fixture fixture = new Fixture(store);
    private final AccountId owner = fixture.account();
    private final AccountId other = fixture.account();
    private final Net net = fixture.net(owner, "10.0.0.0/16");
    private final Subnet subnet = fixture.subnet(net, "10.0.1.0/24");
    private final Net peer = fixture.net(other, "10.1.0.0/16");
    private final Subnet peerSubnet = fixture.subnet(peer, "10.1.1.0/24");
    private final SecurityGroupId group = fixture.defaultGroup(net).id();

    private NetView view() {
        return fixture.read(snapshot -> NetView.of(snapshot, net.id()).orElseThrow());
    }

    private NetPlan plan() {
        return Planner.plan(view());
    }

    private Port onlyPort() {
        return plan().ports().values().iterator().next();
    }

    private Nic nicOf(Vm vm) {
        return fixture.read(snapshot -> snapshot.nics().ofVm(vm.id()).getFirst());
    }

    private void route(String destination, NetPeering peering) {
        RouteTable main = fixture.mainTable(net);
        fixture.change(unit -> new RouteTables()
                .createRoute(
                        unit, owner, main.id(), Cidr.parse(destination), new RequestedTarget.Peering(peering.id())));
    }

    private Map<Cidr, NextHop> nextHops() {
        return plan().tables().get(fixture.mainTable(net).id()).routes();
    }

    private void save(NetPeering peering) {
        fixture.change(unit -> {
            unit.peerings().save(peering);
            return peering;
        });
    }

    private void save(Nic nic) {
        fixture.change(unit -> {
            unit.nics().save(nic);
            return nic;
        });
    }

    private void save(Vm vm) {
        fixture.change(unit -> {
            unit.vms().save(vm);
            return vm;
        });
    }

    private void rules(SecurityGroupId id, SecurityGroupRule... rules) {
        fixture.change(unit -> {
            SecurityGroup before = unit.securityGroups().find(id).orElseThrow();
            unit.securityGroups().save(before.withRules(List.of(rules)));
            return id;
        });
    }

    private static SecurityGroupRule in(int id, Traffic traffic, Counterpart counterpart) {
        return new SecurityGroupRule(SecurityGroupRuleId.KIND.of(id), Direction.INBOUND, traffic, counterpart, "");
    }

    private static Counterpart range(String cidr) {
        return new Counterpart.Range(Cidr.parse(cidr));
    }

    private static CidrSet ranges(String... ranges) {
        return CidrSet.of(Stream.of(ranges).map(Cidr::parse).toList());
    }

    @Nested
    class Ports {

        @Test
        void a_nic_in_a_running_vm_is_up_with_all_that_a_driver_needs() {
            Vm vm = fixture.vm(subnet, "10.0.1.4", group);
            Nic nic = nicOf(vm);

            assertThat(onlyPort())
                    .isEqualTo(new Port(
                            nic.id(),
                            vm.id(),
                            0,
                            nic.mac(),
                            List.of(Ipv4.parse("10.0.1.4")),
                            subnet.id(),
                            subnet.range(),
                            fixture.mainTable(net).id(),
                            List.of(group),
                            true,
                            true));
            assertThat(plan().gateways()).containsExactly(Map.entry(subnet.id(), subnet.range()));
        }

        @Test
        void a_nic_in_no_vm_has_no_port_and_is_nobodys_counterpart() {
            fixture.vm(subnet, "10.0.1.4", group);
            fixture.nic(subnet, "10.0.1.9", group);

            assertThat(plan().ports()).hasSize(1);
            assertThat(plan().members().get(group)).extracting(Member::address).containsExactly(Ipv4.parse("10.0.1.4"));
        }

        @Test
        void a_stopped_vm_is_down() {
            Vm vm = fixture.vm(subnet, "10.0.1.4", group);
            fixture.change(unit -> {
                unit.vms().save(vm.withState(VmState.STOPPED, unit.now()));
                return vm;
            });

            assertThat(onlyPort().up()).isFalse();
        }

        @Test
        void in_a_failed_subregion_every_vm_is_down() {
            fixture.vm(subnet, "10.0.1.4", group);
            fixture.change(unit -> {
                unit.subregions().setFailed(Fixture.SUBREGION, true);
                return owner;
            });

            assertThat(onlyPort().up()).isFalse();
        }

        @Test
        @Rule("S6")
        void a_nic_may_be_free_to_send_from_any_address() {
            Nic nic = nicOf(fixture.vm(subnet, "10.0.1.4", group));
            fixture.change(unit -> {
                unit.nics().save(nic.withSourceDestChecked(false));
                return nic;
            });

            assertThat(onlyPort().checked()).isFalse();
        }
    }

    @Nested
    class Tables {

        @Test
        @Rule("R1")
        void the_local_route_is_the_nets_range_and_in_no_table() {
            assertThat(plan().range()).isEqualTo(net.range());
            assertThat(nextHops()).isEmpty();
        }

        @Test
        @Rule("R2")
        void routes_lead_through_active_peerings_whatever_they_cover() {
            NetPeering peering = fixture.activePeering(net, peer);
            for (String destination : List.of("10.1.2.0/24", "10.1.0.0/16", "0.0.0.0/0")) {
                route(destination, peering);
            }

            assertThat(nextHops())
                    .containsExactly(
                            Map.entry(Cidr.ALL, new NextHop.Peering(peering.id())),
                            Map.entry(Cidr.parse("10.1.0.0/16"), new NextHop.Peering(peering.id())),
                            Map.entry(Cidr.parse("10.1.2.0/24"), new NextHop.Peering(peering.id())));
        }

        @Test
        @Rule({"R4", "R6"})
        void a_route_to_a_pending_or_dead_peering_drops() {
            NetPeering pending = fixture.pendingPeering(net, peer);
            route("10.1.0.0/16", pending);
            Cidr destination = Cidr.parse("10.1.0.0/16");
            assertThat(nextHops()).containsExactly(Map.entry(destination, new NextHop.Requested(pending.id())));

            NetPeering active = pending.accept(other, fixture.now());
            save(active);
            assertThat(nextHops()).containsExactly(Map.entry(destination, new NextHop.Peering(pending.id())));

            save(active.delete(other, fixture.now()));
            assertThat(nextHops()).containsExactly(Map.entry(destination, new NextHop.Blackhole()));
        }

        @Test
        @Rule({"X6", "X7"})
        void a_route_leads_to_a_nic_that_is_up_and_not_checked() {
            Vm vm = fixture.vm(subnet, "10.0.1.4", group);
            NicId appliance = nicOf(vm).id();
            fixture.change(unit -> new RouteTables()
                    .createRoute(
                            unit, owner, fixture.mainTable(net).id(), Cidr.ALL, new RequestedTarget.Nic(appliance)));
            assertThat(nextHops()).containsExactly(Map.entry(Cidr.ALL, new NextHop.Blackhole()));

            save(nicOf(vm).withSourceDestChecked(false));
            assertThat(nextHops()).containsExactly(Map.entry(Cidr.ALL, new NextHop.Nic(appliance)));

            save(vm.withState(VmState.STOPPED, fixture.now()));
            assertThat(nextHops()).containsExactly(Map.entry(Cidr.ALL, new NextHop.Blackhole()));
            save(vm);

            save(nicOf(vm).withLink(Optional.empty()));
            assertThat(nextHops()).containsExactly(Map.entry(Cidr.ALL, new NextHop.Blackhole()));

            fixture.change(unit -> {
                unit.nics().delete(appliance);
                return appliance;
            });
            assertThat(nextHops()).containsExactly(Map.entry(Cidr.ALL, new NextHop.Blackhole()));
        }

        @Test
        @Rule("R2")
        void a_port_uses_the_table_of_its_subnet_and_unused_tables_are_left_out() {
            RouteTables tables = new RouteTables();
            RouteTable own = fixture.change(unit -> tables.create(unit, owner, net.id()));
            fixture.change(unit -> tables.create(unit, owner, net.id()));
            fixture.change(unit -> tables.link(unit, owner, own.id(), subnet.id()));
            fixture.vm(subnet, "10.0.1.4", group);

            assertThat(onlyPort().table()).isEqualTo(own.id());
            assertThat(plan().tables()).containsOnlyKeys(own.id());
        }
    }

    @Nested
    class Peerings {

        @Test
        @Rule({"P1", "R2", "S6"})
        void an_active_peering_leads_to_the_peers_range_and_to_nothing_else() {
            NetPeering peering = fixture.activePeering(peer, net);

            assertThat(plan().peerings())
                    .containsExactly(Map.entry(peering.id(), new PeeringLink(peering.id(), peer.id(), peer.range())));
        }

        /** A-B and B-C: nothing of C is in A's plan, nor of A in C's, whatever routes they have. */
        @Test
        @Rule("P11")
        void the_peers_of_a_peer_are_not_there() {
            Net third = fixture.net(other, "10.2.0.0/16");
            NetPeering toPeer = fixture.activePeering(net, peer);
            NetPeering beyond = fixture.activePeering(peer, third);
            fixture.vm(
                    fixture.subnet(third, "10.2.1.0/24"),
                    "10.2.1.4",
                    fixture.defaultGroup(third).id());
            route("10.2.0.0/16", toPeer);

            assertThat(plan().peerings()).containsOnlyKeys(toPeer.id());
            assertThat(plan().toString())
                    .doesNotContain(third.id().value(), beyond.id().value(), "10.2.1.4");
        }

        @Test
        @Rule("P13")
        void two_peers_with_the_same_range_stay_two() {
            Net twin = fixture.net(owner, "10.1.0.0/16");
            NetPeering one = fixture.activePeering(net, peer);
            NetPeering two = fixture.activePeering(net, twin);

            assertThat(plan().peerings().values()).extracting(PeeringLink::peer).containsExactly(peer.id(), twin.id());
            assertThat(plan().peerings()).containsOnlyKeys(one.id(), two.id());
        }
    }

    @Nested
    class Filters {

        @Test
        @Rule("S8")
        void rules_about_ipv6_are_in_no_plan() {
            fixture.vm(subnet, "10.0.1.4", group);
            Counterpart ofIpv6 = new Counterpart.Range(new Ipv6Range("::/0"));

            rules(group, in(1, new Traffic.All(), ofIpv6), in(2, SSH, ofIpv6), in(3, SSH, range("10.1.0.0/16")));

            assertThat(plan().groups().get(group).inbound())
                    .containsExactly(new GroupRule(SSH, ranges("10.1.0.0/16"), List.of()));
        }

        @Test
        @Rule("S2")
        void rules_for_the_same_traffic_are_one_with_collapsed_ranges() {
            fixture.vm(subnet, "10.0.1.4", group);
            rules(
                    group,
                    in(1, WEB, range("0.0.0.0/0")),
                    in(2, SSH, range("10.0.0.0/17")),
                    in(3, SSH, range("10.0.128.0/17")),
                    in(4, SSH, range("10.0.7.0/24")),
                    in(5, SSH, new Counterpart.Group(group, owner)));

            assertThat(plan().groups().get(group).inbound())
                    .containsExactly(
                            new GroupRule(SSH, ranges("10.0.0.0/16"), List.of(group)),
                            new GroupRule(WEB, ranges("0.0.0.0/0"), List.of()));
            assertThat(plan().groups().get(group).outbound()).isEmpty();
        }

        @Test
        void groups_that_no_port_has_are_left_out() {
            assertThat(plan().groups()).isEmpty();
            assertThat(plan().members()).isEmpty();
        }

        @Test
        @Rule("S5")
        void members_of_the_own_net_come_through_their_nics() {
            Nic nic = nicOf(fixture.vm(subnet, "10.0.1.4", group));

            assertThat(plan().members())
                    .containsExactly(
                            Map.entry(group, Set.of(new Member(new Link.ToNic(nic.id()), Ipv4.parse("10.0.1.4")))));
        }

        @Test
        @Rule("S5")
        void members_of_a_peer_come_through_the_peering_while_it_is_active() {
            NetPeering pending = fixture.pendingPeering(net, peer);
            SecurityGroupId theirs = fixture.defaultGroup(peer).id();
            fixture.vm(peerSubnet, "10.1.1.4", theirs);
            fixture.vm(subnet, "10.0.1.4", group);
            rules(group, in(1, SSH, new Counterpart.Group(theirs, other)));
            assertThat(plan().members()).containsExactly(Map.entry(theirs, Set.of()));

            NetPeering active = pending.accept(other, fixture.now());
            save(active);
            Member member = new Member(new Link.ToPeer(active.id()), Ipv4.parse("10.1.1.4"));
            assertThat(plan().members()).containsExactly(Map.entry(theirs, Set.of(member)));

            save(active.delete(other, fixture.now()));
            assertThat(plan().members()).containsExactly(Map.entry(theirs, Set.of()));
        }

        @Test
        @Rule("S5")
        void a_group_that_is_gone_has_no_members() {
            fixture.vm(subnet, "10.0.1.4", group);
            SecurityGroupId gone = SecurityGroupId.KIND.of(0xffff);
            rules(group, in(1, SSH, new Counterpart.Group(gone, other)));

            assertThat(plan().members()).containsExactly(Map.entry(gone, Set.of()));
        }
    }

    @Nested
    class Order {

        private void populate() {
            NetPeering one = fixture.activePeering(net, peer);
            NetPeering two = fixture.activePeering(fixture.net(other, "10.5.0.0/16"), net);
            route("10.5.0.0/16", two);
            route("10.1.0.0/16", one);
            SecurityGroupId theirs = fixture.defaultGroup(peer).id();
            for (int host = 4; host < 8; host++) {
                fixture.vm(subnet, "10.0.1." + host, group);
                fixture.vm(peerSubnet, "10.1.1." + host, theirs);
            }
            rules(
                    group,
                    in(1, WEB, range("10.9.0.0/16")),
                    in(2, SSH, new Counterpart.Group(theirs, other)),
                    in(3, SSH, new Counterpart.Group(group, owner)));
        }

        @Test
        void an_unchanged_truth_gives_an_equal_plan() {
            populate();

            assertThat(plan()).isEqualTo(plan());
        }

        @Test
        void the_order_of_what_is_read_does_not_show() {
            populate();
            NetView view = view();
            NetView reversed = new NetView(
                    view.net(),
                    view.subnets(),
                    view.nics().reversed(),
                    view.vms(),
                    view.routeTables().reversed(),
                    view.securityGroups().stream().map(this::reversed).toList().reversed(),
                    view.acls(),
                    view.exits(),
                    view.activePeerings().reversed(),
                    view.requestedPeerings().reversed(),
                    reversedMembers(view),
                    view.failed());

            assertThat(Planner.plan(reversed)).hasToString(Planner.plan(view).toString());
        }

        private SecurityGroup reversed(SecurityGroup it) {
            return it.withRules(it.rules().reversed());
        }

        private Map<SecurityGroupId, List<Nic>> reversedMembers(NetView view) {
            Map<SecurityGroupId, List<Nic>> reversed = new HashMap<>();
            view.namedGroupMembers().forEach((id, nics) -> reversed.put(id, nics.reversed()));
            return reversed;
        }

        @Test
        void everything_is_listed_by_id() {
            populate();
            List<NicId> nics = new ArrayList<>(plan().ports().keySet());

            assertThat(nics).hasSize(4).isSortedAccordingTo(Comparator.comparing(NicId::value));
            assertThat(plan().members().get(group)).extracting(Member::address).isSorted();
        }
    }

    @Test
    void there_is_no_view_of_a_net_that_does_not_exist() {
        boolean present = fixture.read(
                snapshot -> NetView.of(snapshot, NetId.KIND.of(0xffff)).isPresent());

        assertThat(present).isFalse();
    }
}
