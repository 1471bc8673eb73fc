package dev.linkspan.core.planner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.operation.RouteTables;
import dev.linkspan.core.peering.NetPeering;
import dev.linkspan.core.plan.NetPlan;
import dev.linkspan.core.plan.NetPlan.NextHop;
import dev.linkspan.core.plan.NetPlan.PeeringLink;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.InMemoryStore;
import dev.linkspan.core.routing.RequestedTarget;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a plan tells of a peering that waits for an answer, with a route into it. */
class RequestedPeeringTest {

    private static final Cidr DESTINATION = Cidr.parse("10.1.0.0/16");

    private final InMemoryStore store = new InMemoryStore();
    private final Fixture fixture = new Fixture(store);
    private final AccountId owner = fixture.account();
    private final Net net = fixture.net(owner, "10.0.0.0/16");
    private final Net peer = fixture.net(fixture.account(), "10.1.0.0/16");
    private final NetPeering peering = fixture.pendingPeering(net, peer);

    @BeforeEach
    void route() {
        fixture.subnet(net, "10.0.1.0/24");
        fixture.change(unit -> new RouteTables()
                .createRoute(
                        unit,
                        owner,
                        fixture.mainTable(net).id(),
                        DESTINATION,
                        new RequestedTarget.Peering(peering.id())));
    }

    private NetPlan plan() {
        return Planner.plan(
                fixture.read(snapshot -> NetView.of(snapshot, net.id()).orElseThrow()));
    }

    private Map<Cidr, NextHop> nextHops(NetPlan plan) {
        return plan.tables().get(fixture.mainTable(net).id()).routes();
    }

    @Test
    @Rule("R4")
    void it_is_asked_for_and_its_route_leads_nowhere_yet() {
        NetPlan plan = plan();
        assertThat(plan.peerings()).isEmpty();
        assertThat(plan.requested())
                .containsExactly(Map.entry(peering.id(), new PeeringLink(peering.id(), peer.id(), peer.range())));
        assertThat(nextHops(plan)).containsExactly(Map.entry(DESTINATION, new NextHop.Requested(peering.id())));
    }

    @Test
    @Rule("R4")
    void a_driver_that_prepares_nothing_sees_nothing_of_it() {
        NetPlan plan = plan().withoutRequests();
        assertThat(plan.requested()).isEmpty();
        assertThat(nextHops(plan)).containsExactly(Map.entry(DESTINATION, new NextHop.Blackhole()));
        assertThat(plan.withoutRequests()).isSameAs(plan);
    }

    @Test
    @Rule({"R4", "L2"})
    void it_is_not_asked_for_once_its_time_is_over() {
        store.advance(Duration.ofDays(7));

        assertThat(plan().requested()).isEmpty();
        assertThat(nextHops(plan())).containsExactly(Map.entry(DESTINATION, new NextHop.Blackhole()));
    }
}
