package dev.linkspan.core.reachability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.internet.InternetService;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.net.Subnet;
import dev.linkspan.core.net.Vm;
import dev.linkspan.core.peering.NetPeering;
import dev.linkspan.core.routing.Route;
import dev.linkspan.core.routing.RouteTable;
import dev.linkspan.core.routing.RouteTarget;
import dev.linkspan.core.securitygroup.Direction;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What is said of packets that a route leads to a NIC of their Net. */
@Rule("X6")
class ApplianceWalkTest extends TwoNets {

    private static final String ELSEWHERE = "10.7.0.1";

    private final Subnet gates = fixture.subnet(annsNet, "10.0.2.0/24");
    private final RouteTable gateTable = ownTable(gates);
    private final Vm gate = fixture.vm(gates, "10.0.2.4", annsGroup);

    private void change(Vm vm, UnaryOperator<Nic> how) {
        fixture.change(unit -> {
            unit.nics().save(how.apply(unit.nics().ofVm(vm.id()).getFirst()));
            return vm;
        });
    }

    private void lead(String destination) {
        RouteTarget target = new RouteTarget.Nic(nicOf(gate).id());
        change(fixture.mainTable(annsNet), table -> table.withRoute(new Route(Cidr.parse(destination), target)));
    }

    /** Where what it passes on goes. */
    private void leadOn(String destination, NetPeering peering) {
        Route route = new Route(Cidr.parse(destination), new RouteTarget.Peering(peering.id()));
        change(gateTable, table -> table.withRoute(route));
    }

    private Trace to(String address) {
        return trace(new Endpoint.InVm(annsVm.id()), at(address), WEB);
    }

    @Test
    void what_it_does_with_what_it_is_handed_is_not_known_and_the_way_on_is_told_all_the_same() {
        change(gate, nic -> nic.withSourceDestChecked(false));
        lead("0.0.0.0/0");

        Trace inside = to(ELSEWHERE);
        assertThat(blockReasons(inside)).containsExactly(BlockReason.HANDED_TO_APPLIANCE, BlockReason.NO_ROUTE);
        assertThat(inside.verdict().causes().getFirst().why())
                .hasToString(
                        "The packet is handed to the NIC %s of the VM %s: what that does with it is its own affair. What follows is its way if it is passed on as it is."
                                .formatted(nicOf(gate).id(), gate.id()));
        assertThat(blockReasons(to("203.0.113.77")))
                .containsExactly(BlockReason.HANDED_TO_APPLIANCE, BlockReason.NO_ROUTE, BlockReason.NO_PUBLIC_ADDRESS);
    }

    @Test
    void what_it_passes_on_goes_to_a_peer_by_its_own_table_and_its_own_outbound_rules() {
        NetPeering peering = connected();
        assertThat(web().reachable()).isTrue();
        change(gate, nic -> nic.withSourceDestChecked(false));
        lead("10.1.1.0/24");
        assertThat(blockReasons(web())).containsExactly(BlockReason.HANDED_TO_APPLIANCE, BlockReason.NO_ROUTE);

        leadOn("10.1.0.0/16", peering);
        assertThat(blockReasons(web())).containsExactly(BlockReason.HANDED_TO_APPLIANCE);
        assertThat(remedies(web())).isEmpty();
        assertThat(web().steps()).anyMatch(Step.Crossing.class::isInstance);

        rules(annsGroup);
        assertThat(blockReasons(web()))
                .containsExactly(
                        BlockReason.NO_RULE, BlockReason.NO_RULE, BlockReason.HANDED_TO_APPLIANCE, BlockReason.NO_RULE);
    }

    @Test
    void what_it_passes_on_goes_outside_with_the_public_address_of_its_sender() {
        Exits exits = new Exits(fixture);
        InternetService service = exits.service(ann, Optional.of(annsNet.id()));
        exits.publicIp(ann, nicOf(annsVm), nicOf(annsVm).primaryAddress());
        change(gate, nic -> nic.withSourceDestChecked(false));
        lead("0.0.0.0/0");
        Route out = new Route(Cidr.ALL, new RouteTarget.InternetService(service.id()));
        change(gateTable, table -> table.withRoute(out));

        assertThat(blockReasons(to("203.0.113.77"))).containsExactly(BlockReason.HANDED_TO_APPLIANCE);
    }

    @Test
    void nothing_is_handed_to_a_second_one() {
        change(gate, nic -> nic.withSourceDestChecked(false));
        lead("0.0.0.0/0");
        Vm behind = fixture.vm(fixture.subnet(annsNet, "10.0.3.0/24"), "10.0.3.4", annsGroup);
        change(behind, nic -> nic.withSourceDestChecked(false));
        Route route = new Route(Cidr.ALL, new RouteTarget.Nic(nicOf(behind).id()));
        change(gateTable, table -> table.withRoute(route));

        assertThat(blockReasons(to(ELSEWHERE)))
                .containsExactly(BlockReason.HANDED_TO_APPLIANCE, BlockReason.WRONG_ROUTE);
        assertThat(to(ELSEWHERE).verdict().causes().getLast().why().toString())
                .contains("another one passes on: the packet is dropped");
    }

    @Test
    void a_nic_that_is_checked_takes_in_only_what_is_for_it() {
        lead("0.0.0.0/0");

        Trace trace = to(ELSEWHERE);
        assertThat(blockReasons(trace))
                .containsExactly(
                        BlockReason.SOURCE_DEST_CHECKED, BlockReason.HANDED_TO_APPLIANCE, BlockReason.NO_ROUTE);
        assertThat(remedies(trace)).containsExactly(new Remedy.UncheckSource(ann, gate.id()));
    }

    @Test
    void its_groups_judge_what_it_is_handed() {
        change(gate, nic -> nic.withSourceDestChecked(false));
        lead("0.0.0.0/0");
        rules(annsGroup);

        assertThat(blockReasons(to(ELSEWHERE)))
                .containsExactly(
                        BlockReason.NO_RULE,
                        BlockReason.NO_RULE,
                        BlockReason.HANDED_TO_APPLIANCE,
                        BlockReason.NO_RULE,
                        BlockReason.NO_ROUTE);
        assertThat(remedies(to(ELSEWHERE)))
                .contains(new Remedy.CreateRule(ann, annsGroup, Direction.INBOUND, WEB, Cidr.parse("10.0.1.0/24")));
    }

    @Test
    @Rule("X7")
    void a_stopped_one_is_to_be_started() {
        change(gate, nic -> nic.withSourceDestChecked(false));
        lead("0.0.0.0/0");
        stop(gate);

        Trace trace = to(ELSEWHERE);
        assertThat(blockReasons(trace))
                .containsExactly(BlockReason.APPLIANCE_DOWN, BlockReason.HANDED_TO_APPLIANCE, BlockReason.NO_ROUTE);
        assertThat(remedies(trace)).containsExactly(new Remedy.StartVm(ann, gate.id()));
        assertThat(trace.verdict().causes().getFirst().why().toString())
                .contains("leads to " + nicOf(gate).id(), "whose VM is stopped");
    }

    @Test
    @Rule("X7")
    void one_in_no_vm_is_a_dead_end_and_the_route_is_to_lead_elsewhere() {
        connected();
        lead("10.1.1.0/24");
        Nic nic = nicOf(gate);
        change(gate, it -> it.withLink(Optional.empty()));

        assertThat(blockReasons(web())).containsExactly(BlockReason.APPLIANCE_DOWN);
        assertThat(remedies(web()))
                .containsExactly(
                        new Remedy.DeleteRoute(ann, fixture.mainTable(annsNet).id(), Cidr.parse("10.1.1.0/24")));
        assertThat(web().verdict().causes().getFirst().why().toString())
                .contains("leads to " + nic.id(), "linked to no VM");
    }

    @Test
    void nothing_that_it_sends_itself_is_handed_back_to_it() {
        change(gate, nic -> nic.withSourceDestChecked(false));
        Route route = new Route(Cidr.ALL, new RouteTarget.Nic(nicOf(gate).id()));
        change(gateTable, table -> table.withRoute(route));

        Trace trace = trace(new Endpoint.InVm(gate.id()), at("203.0.113.77"), WEB);
        assertThat(blockReasons(trace)).contains(BlockReason.WRONG_ROUTE);
        assertThat(trace.verdict().causes().getFirst().why().toString()).contains("nothing that it sends itself");
    }

    @Test
    void a_reply_is_handed_to_it_and_passed_on_to_whoever_asked() {
        NetPeering peering = connected();
        change(gate, nic -> nic.withSourceDestChecked(false));
        lead("10.1.1.0/24");
        letIn(annsGroup, WEB, "10.1.0.0/16");

        Trace trace = web(bobsVm, annsVm);
        assertThat(blockReasons(trace)).containsExactly(BlockReason.HANDED_TO_APPLIANCE, BlockReason.NO_ROUTE);
        assertThat(trace.verdict().causes()).allMatch(cause -> cause.step().leg() == Leg.BACK);
        assertThat(trace.verdict().causes().getFirst().why().toString()).contains("The reply is handed to");

        leadOn("10.1.0.0/16", peering);
        assertThat(blockReasons(web(bobsVm, annsVm))).containsExactly(BlockReason.HANDED_TO_APPLIANCE);
    }

    @Test
    void who_is_reached_through_it_is_not_told() {
        connected();
        change(gate, nic -> nic.withSourceDestChecked(false));
        lead("10.1.1.0/24");

        assertThat(fixture.<Boolean>read(snapshot -> new ReachabilityAnalysis(RegionView.of(snapshot))
                        .whomReaches(nicOf(annsVm).id()).stream()
                                .anyMatch(reach ->
                                        reach.covers(bobsNet.id(), nicOf(bobsVm).primaryAddress(), Set.of(), WEB))))
                .isFalse();
    }
}
