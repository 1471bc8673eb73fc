package dev.linkspan.core.reachability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.id.NicLinkId;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.net.NicLink;
import dev.linkspan.core.net.Subnet;
import dev.linkspan.core.net.Vm;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a machine with two NICs does: its routes choose the one that a packet leaves through, whatever its source is. */
@Rule("S6")
class WalkTest extends TwoNets {

    private final Subnet secondSubnet = fixture.subnet(annsNet, "10.0.2.0/24");
    private final Vm neighbour = fixture.vm(annsSubnet, "10.0.1.5", annsGroup);
    private final Vm beside = fixture.vm(secondSubnet, "10.0.2.5", annsGroup);
    private final Nic second = secondNic();
    private final Endpoint sender = new Endpoint.AtNic(second.id());

    private Nic secondNic() {
        Nic nic = fixture.nic(secondSubnet, "10.0.2.4", annsGroup);
        return fixture.change(unit -> {
            NicLink link = new NicLink(unit.newId(NicLinkId.KIND), annsVm.id(), 1, false);
            Nic linked = nic.withLink(Optional.of(link));
            unit.nics().save(linked);
            return linked;
        });
    }

    private void uncheckFirstNic() {
        fixture.change(unit -> {
            unit.nics()
                    .save(unit.nics().ofVm(annsVm.id()).stream()
                            .filter(nic -> !nic.id().equals(second.id()))
                            .findFirst()
                            .orElseThrow()
                            .withSourceDestChecked(false));
            return unit.now();
        });
    }

    @Test
    void what_is_for_the_second_nics_subnet_leaves_through_it() {
        assertThat(trace(sender, new Endpoint.InVm(beside.id()), WEB).reachable())
                .isTrue();
    }

    @Test
    void what_is_for_elsewhere_leaves_through_the_first_one_which_has_another_address() {
        Trace trace = trace(sender, new Endpoint.InVm(neighbour.id()), WEB);

        assertThat(blockReasons(trace)).contains(BlockReason.SOURCE_CHECK);
        assertThat(remedies(trace)).contains(new Remedy.UncheckSource(ann, annsVm.id()));
    }

    @Test
    void that_holds_for_a_ping_to_the_router_too() {
        Trace trace = trace(sender, at("10.0.1.1"), Question.ECHO_REQUEST);

        assertThat(blockReasons(trace)).containsExactly(BlockReason.SOURCE_CHECK);
        uncheckFirstNic();
        assertThat(trace(sender, at("10.0.1.1"), Question.ECHO_REQUEST).reachable())
                .isTrue();
    }

    @Test
    @Rule("S5")
    void who_sends_with_anothers_address_is_no_member_of_that_ones_groups() {
        uncheckFirstNic();

        assertThat(blockReasons(trace(sender, new Endpoint.InVm(neighbour.id()), WEB)))
                .containsExactly(BlockReason.NO_RULE);
        letIn(annsGroup, WEB, "10.0.2.0/24");
        assertThat(trace(sender, new Endpoint.InVm(neighbour.id()), WEB).reachable())
                .isTrue();
    }
}
