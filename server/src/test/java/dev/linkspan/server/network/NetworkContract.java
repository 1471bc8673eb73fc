package dev.linkspan.server.network;

import static dev.linkspan.server.network.ProbeResult.LOST;
import static dev.linkspan.server.network.ProbeResult.answeredBy;
import static dev.linkspan.server.network.ProbeResult.receivedBy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.id.RouteTableId;
import dev.linkspan.core.id.SubregionName;
import dev.linkspan.core.net.AddressChoice;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.net.NewNic;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.net.Subnet;
import dev.linkspan.core.securitygroup.Traffic;
import dev.linkspan.server.network.LiveNetwork.Machine;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What packets must do, whichever driver carries them: rules P and R, each proved by sending some. */
abstract class NetworkContract extends NetworkScenario {
    @Test
    @Rule({"P1", "R2"})
    void peered_routed_and_open_both_ways_talk_by_every_protocol() {
        network.connect(netA, netB);
        network.open(netA);
        network.open(netB);

        demand(Map.of(
                udp(a, b), answeredBy(b.name()),
                tcp(a, b), answeredBy(b.name()),
                ping(a, b), answeredBy(b.name()),
                udp(b, a), answeredBy(a.name()),
                tcp(b, a), answeredBy(a.name()),
                ping(b, a), answeredBy(a.name())));
    }

    @Test
    @Rule("S2")
    void a_machine_speaks_from_its_primary_address_and_keeps_it_when_another_one_goes() {
        network.connect(netA, netB);
        network.stopDriving();
        Machine spoken = network.vm(subnetA);
        Ipv4 secondary = Ipv4.parse("10.0.1.100");
        network.link(spoken, secondary);
        network.allow(netB, network.defaultGroup(netB), new Traffic.All(), Cidr.of(spoken.address()));
        network.restartWith(openDriver(), Duration.ofMinutes(1));
        demand(Map.of(udp(spoken, b), answeredBy(b.name()), tcp(spoken, b), answeredBy(b.name())));

        network.unlink(spoken, secondary);

        demand(Map.of(udp(spoken, b), answeredBy(b.name()), ping(spoken, b), answeredBy(b.name())));
    }

    @Test
    @Rule({"P1", "P7", "R4"})
    void a_pending_peering_carries_nothing() {
        NetPeeringId peering = network.request(netA, netB);
        network.route(netA, "10.1.0.0/16", peering);
        network.route(netB, "10.0.0.0/16", peering);
        network.open(netA);
        network.open(netB);

        demandLost(udp(a, b), ping(a, b), ping(b, a));

        network.accept(netB, peering);

        demand(Map.of(udp(a, b), answeredBy(b.name()), ping(b, a), answeredBy(a.name())));
    }

    @Test
    @Rule("R2")
    void without_routes_nothing_flows_and_without_the_route_back_nothing_returns() {
        NetPeeringId peering = network.peer(netA, netB);
        network.open(netA);
        network.open(netB);

        demandLost(udp(a, b), ping(b, a));

        network.route(netA, "10.1.0.0/16", peering);

        demand(Map.of(udp(a, b), receivedBy(b.name()), ping(a, b), receivedBy(b.name()), tcp(a, b), LOST));
    }

    @Test
    @Rule("R2")
    void a_route_may_cover_a_part_of_the_peer_or_more_than_it() {
        Subnet elsewhere = network.subnet(netB, "10.1.2.0/24");
        Machine beyond = network.vm(elsewhere);
        NetPeeringId peering = network.peer(netA, netB);
        network.route(netB, "0.0.0.0/0", peering);
        network.route(netA, "10.1.1.0/24", peering);
        network.open(netB);

        demand(Map.of(ping(a, b), answeredBy(b.name()), ping(a, beyond), LOST));
    }

    @Test
    @Rule({"P11", "R2"})
    void a_peering_carries_nothing_on_to_the_peers_peer() {
        Net netC = network.net(network.account(), "10.2.0.0/16");
        Machine c = network.vm(network.subnet(netC, "10.2.1.0/24"));
        NetPeeringId ab = network.connect(netA, netB);
        NetPeeringId bc = network.connect(netB, netC);
        network.route(netA, "10.2.0.0/16", ab);
        network.route(netC, "10.0.0.0/16", bc);
        Stream.of(netA, netB, netC).forEach(network::open);

        demand(Map.of(
                ping(a, b), answeredBy(b.name()),
                ping(b, c), answeredBy(c.name()),
                ping(a, c), LOST,
                ping(c, a), LOST,
                udp(a, c), LOST));
    }

    @Test
    @Rule("P13")
    void a_flow_of_one_peer_never_reaches_another_with_the_same_range() {
        Net twin = network.net(network.account(), "10.1.0.0/16");
        Machine other = network.vm(network.subnet(twin, "10.1.1.0/24"));
        assertThat(other.address()).isEqualTo(b.address());
        network.connect(netA, netB);
        NetPeeringId toTwin = network.peer(netA, twin);
        network.route(twin, "10.0.0.0/16", toTwin);
        network.open(netA);
        network.open(netB);

        demand(Map.of(
                ping(b, a), answeredBy(a.name()),
                udp(b, a), answeredBy(a.name()),
                ping(other, a), receivedBy(a.name()),
                udp(other, a), receivedBy(a.name()),
                tcp(other, a), LOST));
    }

    @Test
    @Rule("A4")
    void tenants_with_the_same_range_do_not_meet() {
        Net same = network.net(network.account(), "10.0.0.0/16");
        Machine stranger = network.vm(network.subnet(same, "10.0.1.0/24"));
        network.open(same);
        network.open(netA);
        Machine neighbour = network.vm(subnetA);
        Machine strangersNeighbour = network.vm(network.subnet(same, "10.0.2.0/24"));

        demand(Map.of(
                udp(a, neighbour), answeredBy(neighbour.name()),
                udp(stranger, strangersNeighbour), answeredBy(strangersNeighbour.name()),
                udp(a, strangersNeighbour), LOST));
    }

    @Test
    @Rule("R4")
    void a_route_to_a_dead_peering_drops_instead_of_giving_way_to_a_shorter_one() {
        network.connect(netA, netB);
        network.open(netB);
        Net dead = network.net(network.account(), "10.3.0.0/16");
        network.vm(network.subnet(dead, "10.3.1.0/24"));
        NetPeeringId gone = network.peer(netA, dead);
        demand(Map.of(ping(a, b), answeredBy(b.name())));

        network.route(netA, "10.1.1.0/24", gone);
        network.delete(dead, gone);

        demandLost(ping(a, b));
        network.unroute(netA, "10.1.1.0/24");
        demand(Map.of(ping(a, b), answeredBy(b.name())));
    }

    @Test
    @Rule({"R6", "P1"})
    void deleting_the_peering_cuts_an_established_connection() throws IOException {
        NetPeeringId peering = network.connect(netA, netB);
        network.open(netB);
        network.settle();
        try (LiveFlow flow = flow(a, b)) {
            assertThat(flow.passesForward(PATIENCE)).isTrue();

            network.delete(netB, peering);
            network.settle();

            assertThat(flow.passesForward(SILENCE)).isFalse();
            assertThat(flow.passesBackward(SILENCE)).isFalse();
        }
    }

    @Test
    @Rule("R6")
    void removing_a_route_cuts_an_established_connection_and_giving_it_back_revives_it() throws IOException {
        NetPeeringId peering = network.connect(netA, netB);
        network.open(netB);
        network.settle();
        try (LiveFlow flow = flow(a, b)) {
            assertThat(flow.passesForward(PATIENCE)).isTrue();

            network.unroute(netA, "10.1.0.0/16");
            network.settle();
            assertThat(flow.passesForward(SILENCE)).isFalse();

            network.route(netA, "10.1.0.0/16", peering);
            network.settle();
            assertThat(flow.passesForward(PATIENCE)).isTrue();
        }
    }

    @Test
    @Rule("R1")
    void inside_the_net_no_route_leads_elsewhere_and_every_subnet_is_reached() {
        Machine sibling = network.vm(network.subnet(netA, "10.0.2.0/24"));
        NetPeeringId peering = network.connect(netA, netB);
        network.route(netA, "0.0.0.0/0", peering);
        network.open(netA);

        demand(Map.of(ping(a, sibling), answeredBy(sibling.name()), udp(sibling, a), answeredBy(a.name())));
    }

    @Test
    @Rule({"R2", "R1"})
    void a_subnet_uses_the_table_that_is_linked_to_it_else_the_main_one() {
        Subnet own = network.subnet(netA, "10.0.2.0/24");
        Machine there = network.vm(own);
        NetPeeringId peering = network.peer(netA, netB);
        network.route(netB, "10.0.0.0/16", peering);
        network.open(netB);
        RouteTableId table = network.change(netA.owner(), unit -> {
            RouteTableId id =
                    network.routeTables.create(unit, netA.owner(), netA.id()).id();
            network.routeTables.link(unit, netA.owner(), id, own.id());
            return id;
        });

        network.route(netA, table, "10.1.0.0/16", peering);

        demand(Map.of(ping(there, b), answeredBy(b.name()), ping(a, b), LOST));
    }

    @Test
    @Rule("P5")
    void machines_of_a_failed_subregion_fall_silent_and_the_others_go_on() {
        SubregionName failing = new SubregionName("eu-west-2b");
        Machine far = network.vm(network.subnet(netB, "10.1.2.0/24", failing));
        network.connect(netA, netB);
        network.open(netA);
        network.open(netB);
        demand(Map.of(ping(a, b), answeredBy(b.name()), ping(a, far), answeredBy(far.name())));

        network.fail(failing, true, Set.of(netB.id()));
        demand(Map.of(
                ping(a, b), answeredBy(b.name()),
                ping(b, a), answeredBy(a.name()),
                ping(a, far), LOST,
                ping(b, far), LOST,
                ping(far, a), LOST));

        network.fail(failing, false, Set.of(netB.id()));
        demand(Map.of(ping(a, far), answeredBy(far.name())));
    }

    @Test
    void a_stopped_machine_is_silent_and_a_started_one_answers_again() {
        network.connect(netA, netB);
        network.open(netB);
        demand(Map.of(ping(a, b), answeredBy(b.name())));

        network.change(netB.owner(), unit -> network.vms.stop(unit, netB.owner(), List.of(b.id())));
        demandLost(ping(a, b));

        network.change(netB.owner(), unit -> network.vms.start(unit, netB.owner(), List.of(b.id())));
        demand(Map.of(ping(a, b), answeredBy(b.name())));
    }

    @Test
    void a_deleted_machine_is_gone_and_its_address_serves_the_next_one() {
        network.connect(netA, netB);
        network.open(netB);
        network.vm(subnetB);
        demand(Map.of(ping(a, b), answeredBy(b.name())));

        network.change(netB.owner(), unit -> network.vms.delete(unit, netB.owner(), List.of(b.id())));
        network.settle();
        Machine next = network.vm(subnetB);

        assertThat(next.address()).isEqualTo(b.address());
        demand(Map.of(ping(a, next), answeredBy(next.name())));
    }

    @Test
    void a_nic_that_moves_in_one_step_is_reached_in_its_next_machine() {
        Subnet aside = network.subnet(netA, "10.0.2.0/24");
        Machine asking = network.vm(aside);
        Machine next = network.vm(subnetA);
        Nic moving = network.secondNic(a, aside);
        demand(Map.of(ping(asking, moving), answeredBy(a.name())));

        network.change(netA.owner(), unit -> {
            network.nics.unlink(unit, netA.owner(), moving.link().orElseThrow().id());
            return network.nics.link(unit, netA.owner(), moving.id(), next.id(), 1);
        });

        demand(Map.of(ping(asking, moving), answeredBy(next.name())));
    }

    @Test
    void a_nic_that_takes_anothers_place_and_address_in_one_step_is_reached() {
        Subnet aside = network.subnet(netA, "10.0.2.0/24");
        Machine asking = network.vm(aside);
        Nic first = network.secondNic(a, aside);
        demand(Map.of(ping(asking, first), answeredBy(a.name())));

        network.change(netA.owner(), unit -> {
            network.nics.unlink(unit, netA.owner(), first.link().orElseThrow().id());
            network.nics.delete(unit, netA.owner(), first.id());
            AddressChoice same = AddressChoice.firstIsPrimary(List.of(first.primaryAddress()));
            NewNic wanted = new NewNic(aside.id(), same, List.of(), List.of(), "");
            Nic second = network.nics.create(unit, netA.owner(), wanted);
            return network.nics.link(unit, netA.owner(), second.id(), a.id(), 1);
        });

        demand(Map.of(ping(asking, first), answeredBy(a.name())));
    }

    @Test
    @Rule("L9")
    void a_server_that_starts_again_takes_over_without_cutting_a_connection() throws IOException {
        network.connect(netA, netB);
        network.open(netB);
        network.settle();
        try (LiveFlow flow = flow(a, b)) {
            assertThat(flow.passesForward(PATIENCE)).isTrue();

            network.restartWith(openDriver(), Duration.ofDays(1));

            assertThat(flow.passesForward(PATIENCE)).isTrue();
            demand(Map.of(ping(a, b), answeredBy(b.name())));
        }
    }
}
