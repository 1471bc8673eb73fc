package dev.linkspan.core.reachability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.linkspan.core.Rule;
import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.host.Host;
import dev.linkspan.core.host.HostName;
import dev.linkspan.core.host.HostReport;
import dev.linkspan.core.id.HostId;
import dev.linkspan.core.id.NicLinkId;
import dev.linkspan.core.id.RouteTableId;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.net.NicLink;
import dev.linkspan.core.net.Subnet;
import dev.linkspan.core.net.Vm;
import dev.linkspan.core.peering.NetPeering;
import dev.linkspan.core.peering.PeeringState;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.securitygroup.Counterpart;
import dev.linkspan.core.securitygroup.Direction;
import dev.linkspan.core.securitygroup.Traffic;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ReachabilityAnalysisTest extends TwoNets {

    @Nested
    class ThroughAPeering {

        @Test
        @Rule({"P1", "R2", "S2"})
        void with_a_peering_routes_and_a_rule_it_is_reachable() {
            connected();

            assertThat(web().verdict()).isEqualTo(new Verdict.Reachable());
        }

        @Test
        @Rule("P1")
        void without_anything_every_cause_is_named_in_the_order_of_the_way() {
            assertThat(blockReasons(web()))
                    .containsExactly(
                            BlockReason.NO_ROUTE, BlockReason.NO_PEERING, BlockReason.NO_RULE, BlockReason.NO_ROUTE);
        }

        @Test
        @Rule("R4")
        void a_pending_peering_carries_nothing() {
            NetPeering pending = fixture.pendingPeering(annsNet, bobsNet);
            route(annsNet, "10.1.0.0/16", pending);
            route(bobsNet, "10.0.0.0/16", pending);
            letIn(bobsGroup, WEB, "10.0.1.0/24");

            assertThat(blockReasons(web())).containsExactly(BlockReason.PEERING_PENDING);
            assertThat(remedies(web())).containsExactly(new Remedy.AcceptPeering(bob, Optional.of(pending.id())));
        }

        @Test
        @Rule("R2")
        void without_a_route_back_the_reply_is_lost() {
            NetPeering peering = fixture.activePeering(annsNet, bobsNet);
            route(annsNet, "10.1.0.0/16", peering);
            letIn(bobsGroup, WEB, "10.0.1.0/24");

            RouteTableId table = fixture.mainTable(bobsNet).id();
            assertThat(blockReasons(web())).containsExactly(BlockReason.NO_ROUTE);
            assertThat(web().verdict().causes().getFirst().step().leg()).isEqualTo(Leg.BACK);
            assertThat(remedies(web()))
                    .containsExactly(new Remedy.CreateRoute(bob, table, Cidr.parse("10.0.0.0/16"), into(peering)));
        }

        @Test
        @Rule("S2")
        void a_rule_for_another_range_does_not_count_and_the_remedy_names_the_subnet() {
            NetPeering peering = fixture.activePeering(annsNet, bobsNet);
            route(annsNet, "10.1.0.0/16", peering);
            route(bobsNet, "10.0.0.0/16", peering);
            letIn(bobsGroup, WEB, "10.9.0.0/16");

            assertThat(blockReasons(web())).containsExactly(BlockReason.NO_RULE);
            assertThat(remedies(web()))
                    .containsExactly(new Remedy.CreateRule(bob, bobsGroup, Direction.INBOUND, WEB, annsSubnet.range()));
        }

        @Test
        @Rule("S5")
        void a_rule_may_name_the_group_of_the_peer() {
            NetPeering peering = fixture.activePeering(annsNet, bobsNet);
            route(annsNet, "10.1.0.0/16", peering);
            route(bobsNet, "10.0.0.0/16", peering);
            allow(bobsGroup, Direction.INBOUND, WEB, new Counterpart.Group(annsGroup, ann));

            assertThat(web().reachable()).isTrue();
        }

        @Test
        @Rule("R4")
        void a_narrower_route_to_a_dead_peering_wins_and_is_deleted_where_a_wider_one_is_right() {
            NetPeering dead = fixture.activePeering(annsNet, bobsNet);
            route(annsNet, "10.1.1.0/24", dead);
            save(dead.delete(bob, fixture.now()));
            connected();

            RouteTableId table = fixture.mainTable(annsNet).id();
            assertThat(blockReasons(web())).containsExactly(BlockReason.DEAD_ROUTE);
            assertThat(remedies(web())).containsExactly(new Remedy.DeleteRoute(ann, table, Cidr.parse("10.1.1.0/24")));
        }

        @Test
        @Rule("R4")
        void a_dead_route_with_nothing_behind_it_is_led_to_the_peering() {
            NetPeering dead = fixture.activePeering(annsNet, bobsNet);
            route(annsNet, "10.1.0.0/16", dead);
            save(dead.delete(bob, fixture.now()));
            NetPeering peering = fixture.activePeering(annsNet, bobsNet);
            route(bobsNet, "10.0.0.0/16", peering);
            letIn(bobsGroup, WEB, "10.0.1.0/24");

            RouteTableId table = fixture.mainTable(annsNet).id();
            assertThat(remedies(web()))
                    .containsExactly(new Remedy.UpdateRoute(ann, table, Cidr.parse("10.1.0.0/16"), into(peering)));
        }

        @Test
        @Rule("P13")
        void a_reply_that_would_leave_through_another_peering_is_lost() {
            NetPeering peering = connected();
            Net twin = fixture.net(fixture.account(), "10.0.0.0/16");
            NetPeering other = fixture.activePeering(bobsNet, twin);
            route(bobsNet, "10.0.1.0/24", other);

            RouteTableId table = fixture.mainTable(bobsNet).id();
            assertThat(blockReasons(web())).containsExactly(BlockReason.WRONG_ROUTE);
            assertThat(remedies(web()))
                    .containsExactly(new Remedy.CreateRoute(bob, table, Cidr.parse("10.0.1.4/32"), into(peering)));
        }

        @Test
        @Rule("P4")
        void nets_that_overlap_can_never_talk() {
            Net twin = fixture.net(bob, "10.0.0.0/20");
            Vm vm = fixture.vm(fixture.subnet(twin, "10.0.2.0/24"), "10.0.2.4");

            Trace trace = web(annsVm, vm);
            assertThat(trace.verdict()).isInstanceOf(Verdict.Impossible.class);
            assertThat(blockReasons(trace)).containsExactly(BlockReason.OVERLAP);
        }

        @Test
        @Rule("P11")
        void a_peers_peer_is_not_reached_through_it() {
            NetPeering peering = connected();
            Net third = fixture.net(bob, "10.2.0.0/16");
            fixture.activePeering(bobsNet, third);
            route(annsNet, "10.2.0.0/16", peering);

            Trace bare = trace(new Endpoint.InVm(annsVm.id()), at("10.2.1.4"), WEB);
            assertThat(bare.verdict()).isInstanceOf(Verdict.Impossible.class);
            assertThat(blockReasons(bare)).containsExactly(BlockReason.NOT_TRANSITIVE);
        }

        @Test
        @Rule("P11")
        void who_names_the_peers_peer_is_told_to_peer_with_it() {
            NetPeering peering = connected();
            Net third = fixture.net(bob, "10.2.0.0/16");
            Vm vm = fixture.vm(
                    fixture.subnet(third, "10.2.1.0/24"),
                    "10.2.1.4",
                    fixture.defaultGroup(third).id());
            route(annsNet, "10.2.0.0/16", peering);

            Trace trace = web(annsVm, vm);
            assertThat(blockReasons(trace)).contains(BlockReason.NOT_TRANSITIVE, BlockReason.NO_PEERING);
            assertThat(remedies(trace)).contains(new Remedy.CreatePeering(ann, annsNet.id(), third.id(), bob));
        }

        @Test
        void an_address_that_nobody_has_is_impossible() {
            connected();

            Trace trace = trace(new Endpoint.InVm(annsVm.id()), at("10.1.1.77"), WEB);
            assertThat(trace.verdict()).isInstanceOf(Verdict.Impossible.class);
            assertThat(blockReasons(trace)).containsExactly(BlockReason.NOBODY_THERE);
        }

        @Test
        void a_stopped_machine_is_to_be_started() {
            connected();
            stop(bobsVm);

            assertThat(blockReasons(web())).containsExactly(BlockReason.VM_STOPPED);
            assertThat(remedies(web())).containsExactly(new Remedy.StartVm(bob, bobsVm.id()));
        }

        @Test
        void a_failed_subregion_is_the_operators_to_heal() {
            connected();
            fixture.change(unit -> {
                unit.subregions().setFailed(Fixture.SUBREGION, true);
                return true;
            });

            assertThat(blockReasons(web())).containsExactly(BlockReason.SUBREGION_FAILED, BlockReason.SUBREGION_FAILED);
            assertThat(remedies(web()).getFirst().by()).isEmpty();
        }

        @Test
        @Rule("H2")
        void a_subregion_without_a_living_host_is_as_a_failed_one() {
            connected();
            fixture.change(unit -> {
                Host host = new Host(
                        HostId.KIND.of(9),
                        new HostName("rack1"),
                        Fixture.SUBREGION,
                        "hash",
                        Optional.of(new HostReport(unit.now(), "1.0", 10, 0, 0)),
                        true,
                        unit.now());
                unit.hosts().save(host);
                unit.hosts().place(annsVm.id(), host.id());
                return host;
            });
            assertThat(blockReasons(web())).isEmpty();

            store.advance(Host.SILENCE);

            assertThat(blockReasons(web())).containsExactly(BlockReason.SUBREGION_FAILED, BlockReason.SUBREGION_FAILED);
        }

        @Test
        void the_peers_router_does_not_answer() {
            connected();

            Trace trace = trace(new Endpoint.InVm(annsVm.id()), at("10.1.1.1"), Question.ECHO_REQUEST);
            assertThat(blockReasons(trace)).contains(BlockReason.NOBODY_THERE);
        }

        @Test
        @Rule("L2")
        void an_expired_request_is_none() {
            NetPeering pending = fixture.pendingPeering(annsNet, bobsNet);
            route(annsNet, "10.1.0.0/16", pending);
            store.advance(PeeringState.TIME_TO_ANSWER);

            assertThat(blockReasons(web())).startsWith(BlockReason.DEAD_ROUTE, BlockReason.NO_PEERING);
        }
    }

    @Nested
    class InsideANet {

        private final Vm other = fixture.vm(annsSubnet, "10.0.1.5", annsGroup);

        @Test
        @Rule({"S1", "S4"})
        void the_default_group_lets_its_members_talk() {
            assertThat(web(annsVm, other).reachable()).isTrue();
        }

        @Test
        @Rule("S4")
        void rules_apply_in_the_same_subnet_too() {
            rules(annsGroup);

            assertThat(blockReasons(web(annsVm, other))).containsExactly(BlockReason.NO_RULE, BlockReason.NO_RULE);
        }

        @Test
        void a_machine_reaches_itself() {
            assertThat(web(annsVm, annsVm).reachable()).isTrue();
        }

        @Test
        void the_router_answers_pings_and_nothing_else() {
            Endpoint from = new Endpoint.InVm(annsVm.id());

            assertThat(trace(from, at("10.0.1.1"), Question.ECHO_REQUEST).reachable())
                    .isTrue();
            assertThat(blockReasons(trace(from, at("10.0.1.1"), WEB))).containsExactly(BlockReason.ROUTER_SILENT);
        }

        @Test
        @Rule("S6")
        void a_reply_that_would_leave_through_another_nic_is_dropped_unless_that_is_not_checked() {
            Nic second = secondNic(other, fixture.subnet(annsNet, "10.0.2.0/24"), "10.0.2.4");
            Trace trace = trace(new Endpoint.InVm(annsVm.id()), new Endpoint.AtNic(second.id()), WEB);

            assertThat(blockReasons(trace)).containsExactly(BlockReason.SOURCE_CHECK);
            assertThat(remedies(trace)).containsExactly(new Remedy.UncheckSource(ann, other.id()));
        }

        private Nic secondNic(Vm vm, Subnet subnet, String address) {
            Nic nic = fixture.nic(subnet, address, annsGroup);
            return fixture.change(unit -> {
                NicLink link = new NicLink(unit.newId(NicLinkId.KIND), vm.id(), 1, false);
                Nic linked = nic.withLink(Optional.of(link));
                unit.nics().save(linked);
                return linked;
            });
        }

        @Test
        void a_flow_cannot_begin_with_an_answer() {
            Trace trace = trace(new Endpoint.InVm(annsVm.id()), new Endpoint.InVm(other.id()), new Traffic.Icmp(0, 0));

            assertThat(blockReasons(trace)).containsExactly(BlockReason.BEGINS_NO_FLOW);
        }
    }

    @Test
    void an_end_that_does_not_exist_is_refused() {
        VmId nobody = VmId.KIND.of(0x7777);

        assertThatThrownBy(() -> trace(new Endpoint.InVm(nobody), at("10.0.1.4"), WEB))
                .isInstanceOf(Refusal.class)
                .hasMessage("The beginning '%s' doesn't exist.", nobody.value());
    }

    @Test
    void every_step_of_a_way_that_is_open_is_told() {
        connected();

        assertThat(web().steps())
                .extracting(step -> (Object) step.getClass())
                .isEqualTo(List.of(
                        Step.Machine.class,
                        Step.InSubregion.class,
                        Step.SourceCheck.class,
                        Step.Groups.class,
                        Step.Routing.class,
                        Step.Crossing.class,
                        Step.Machine.class,
                        Step.InSubregion.class,
                        Step.Groups.class,
                        Step.SourceCheck.class,
                        Step.Routing.class));
    }
}
