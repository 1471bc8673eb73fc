package dev.linkspan.core.reachability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.internet.PublicIpPools;
import dev.linkspan.core.peering.NetPeering;
import dev.linkspan.core.port.FlowTables;
import dev.linkspan.core.port.SetFlowTables;
import dev.linkspan.core.port.Snapshot;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A way on which everything is allowed, and no room is left in a router's table of flows. */
class TooManyFlowsTest extends TwoNets {

    private static final long MOST = 1_000;

    private final SetFlowTables tables = new SetFlowTables();
    private NetPeering peering;

    @BeforeEach
    void connect() {
        peering = connected();
    }

    @Test
    void a_full_share_of_the_senders_nic_is_a_cause_that_no_call_removes() {
        assertThat(asSeenBy(ann).reachable()).isTrue();

        tables.put(annsNet.id(), table(20, Set.of(nicOf(annsVm).id()), Set.of()));

        assertThat(asSeenBy(ann).verdict()).isInstanceOf(Verdict.Impossible.class);
        assertThat(blockReasons(asSeenBy(ann))).containsExactly(BlockReason.TOO_MANY_FLOWS);
        assertThat(asSeenBy(ann).verdict().causes().getFirst().why().toString())
                .contains(nicOf(annsVm).id().value(), annsNet.id().value(), "20");
    }

    @Test
    void a_full_share_of_another_nic_or_peering_stops_nothing() {
        NetPeering other = fixture.activePeering(fixture.net(ann, "10.7.0.0/16"), annsNet);
        tables.put(annsNet.id(), table(20, Set.of(nicOf(bobsVm).id()), Set.of(other.id(), peering.id())));

        assertThat(asSeenBy(ann).reachable()).isTrue();
    }

    @Test
    void a_full_table_stops_everybody() {
        tables.put(annsNet.id(), table(MOST, Set.of(), Set.of()));

        assertThat(blockReasons(asSeenBy(ann))).containsExactly(BlockReason.TOO_MANY_FLOWS);
    }

    @Test
    void a_full_share_of_the_peering_is_told_to_the_owner_of_the_router_and_to_nobody_else() {
        tables.put(bobsNet.id(), table(20, Set.of(), Set.of(peering.id())));

        assertThat(blockReasons(asSeenBy(bob))).containsExactly(BlockReason.TOO_MANY_FLOWS);
        assertThat(asSeenBy(bob).verdict().causes().getFirst().why().toString())
                .contains(peering.id().value());
        Trace toAnn = asSeenBy(ann);
        tables.clear();
        assertThat(toAnn).isEqualTo(asSeenBy(ann));
    }

    private Trace asSeenBy(AccountId viewer) {
        return fixture.read((Snapshot snapshot) -> new ReachabilityAnalysis(
                        RegionView.of(snapshot, tables, PublicIpPools.NONE))
                .trace(new Question(at(annsNet, "10.0.1.4"), at(bobsNet, "10.1.1.4"), WEB), viewer, Consent.asShown()));
    }

    private static FlowTables.FlowTable table(long flows, Set<NicId> nics, Set<NetPeeringId> peerings) {
        return new FlowTables.FlowTable(flows, MOST, nics, peerings);
    }
}
