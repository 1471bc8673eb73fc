package dev.linkspan.core.reachability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.net.Subnet;
import dev.linkspan.core.net.Vm;
import dev.linkspan.core.routing.Route;
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

    private Trace to(String address) {
        return trace(new Endpoint.InVm(annsVm.id()), at(address), WEB);
    }

    @Test
    void the_way_ends_where_it_is_handed_over() {
        change(gate, nic -> nic.withSourceDestChecked(false));
        lead("0.0.0.0/0");

        for (String address : new String[] {ELSEWHERE, "203.0.113.77"}) {
            Trace trace = to(address);
            assertThat(blockReasons(trace)).as(address).containsExactly(BlockReason.HANDED_TO_APPLIANCE);
            assertThat(remedies(trace)).isEmpty();
            assertThat(trace.steps().getLast().text())
                    .hasToString(
                            "The packet is handed to the NIC %s of the VM %s: what that does with it is its own affair."
                                    .formatted(nicOf(gate).id(), gate.id()));
        }
    }

    @Test
    void it_is_handed_over_before_it_would_get_to_a_peer() {
        connected();
        assertThat(web().reachable()).isTrue();
        change(gate, nic -> nic.withSourceDestChecked(false));
        lead("10.1.1.0/24");

        assertThat(blockReasons(web())).containsExactly(BlockReason.HANDED_TO_APPLIANCE);
        assertThat(web().steps()).noneMatch(Step.Crossing.class::isInstance);
    }

    @Test
    void a_nic_that_is_checked_takes_in_only_what_is_for_it() {
        lead("0.0.0.0/0");

        Trace trace = to(ELSEWHERE);
        assertThat(blockReasons(trace))
                .containsExactly(BlockReason.SOURCE_DEST_CHECKED, BlockReason.HANDED_TO_APPLIANCE);
        assertThat(remedies(trace)).containsExactly(new Remedy.UncheckSource(ann, gate.id()));
    }

    @Test
    void its_groups_judge_what_it_is_handed() {
        change(gate, nic -> nic.withSourceDestChecked(false));
        lead("0.0.0.0/0");
        rules(annsGroup);

        assertThat(blockReasons(to(ELSEWHERE)))
                .containsExactly(BlockReason.NO_RULE, BlockReason.NO_RULE, BlockReason.HANDED_TO_APPLIANCE);
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
        assertThat(blockReasons(trace)).containsExactly(BlockReason.APPLIANCE_DOWN, BlockReason.HANDED_TO_APPLIANCE);
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
        lead("0.0.0.0/0");

        Trace trace = trace(new Endpoint.InVm(gate.id()), at("203.0.113.77"), WEB);
        assertThat(blockReasons(trace)).contains(BlockReason.WRONG_ROUTE);
        assertThat(trace.verdict().causes().getFirst().why().toString()).contains("nothing that it sends itself");
    }

    @Test
    void no_reply_goes_back_by_it() {
        connected();
        change(gate, nic -> nic.withSourceDestChecked(false));
        lead("10.1.1.0/24");
        letIn(annsGroup, WEB, "10.1.0.0/16");

        Trace trace = web(bobsVm, annsVm);
        assertThat(blockReasons(trace)).containsExactly(BlockReason.WRONG_ROUTE);
        assertThat(trace.verdict().causes().getFirst().why().toString())
                .contains("through which the packet did not come");
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
