package dev.linkspan.core.operation;

import static dev.linkspan.core.refusal.Refused.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.account.Account;
import dev.linkspan.core.account.Quota;
import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.event.Event;
import dev.linkspan.core.event.EventType;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.InternetServiceId;
import dev.linkspan.core.id.NatServiceId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.peering.NetPeering;
import dev.linkspan.core.peering.PeeringState;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.InMemoryStore;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.core.routing.RequestedTarget;
import dev.linkspan.core.routing.Route;
import dev.linkspan.core.routing.RouteState;
import dev.linkspan.core.routing.RouteTable;
import dev.linkspan.core.routing.RouteTarget;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoutesTest {

    private final InMemoryStore store = new InMemoryStore();
    private final Fixture fixture = new Fixture(store);
    private final RouteTables tables = new RouteTables();
    private final AccountId owner = fixture.account();
    private final AccountId peerOwner = fixture.account();
    private final Net net = fixture.net(owner, "10.0.0.0/16");
    private final Net peer = fixture.net(peerOwner, "10.1.0.0/16");
    private final RouteTable main = fixture.mainTable(net);

    private RouteTable create(String destination, RequestedTarget target) {
        return fixture.change(unit -> tables.createRoute(unit, owner, main.id(), Cidr.parse(destination), target));
    }

    private RouteTable create(String destination, NetPeering peering) {
        return create(destination, to(peering));
    }

    private RouteTable update(String destination, NetPeering peering) {
        return fixture.change(unit -> tables.updateRoute(unit, owner, main.id(), Cidr.parse(destination), to(peering)));
    }

    private RouteTable delete(String destination) {
        return fixture.change(unit -> tables.deleteRoute(unit, owner, main.id(), Cidr.parse(destination)));
    }

    private static RequestedTarget to(NetPeering peering) {
        return new RequestedTarget.Peering(peering.id());
    }

    private static Route route(String destination, NetPeering peering) {
        return new Route(Cidr.parse(destination), new RouteTarget.Peering(peering.id()));
    }

    private RouteState state(NetPeering peering) {
        return fixture.read(snapshot -> new RouteStates(snapshot).of(net.id(), route("10.1.0.0/16", peering)));
    }

    private List<Route> routes() {
        return fixture.mainTable(net).routes();
    }

    private NetPeering save(NetPeering peering) {
        return fixture.change(unit -> {
            unit.peerings().save(peering);
            return peering;
        });
    }

    @Nested
    class Create {

        @Test
        @Rule("R3")
        void a_route_leads_through_an_active_peering() {
            NetPeering peering = fixture.activePeering(net, peer);

            RouteTable table = create("10.1.0.0/16", peering);

            assertThat(table.routes()).containsExactly(main.routes().getFirst(), route("10.1.0.0/16", peering));
            assertThat(routes()).isEqualTo(table.routes());
            Event event =
                    fixture.read(snapshot -> snapshot.events().after(0, 10).getLast());
            assertThat(event.fact().type()).isEqualTo(EventType.ROUTE_CREATED);
            assertThat(event.fact().nets()).containsExactly(net.id());
        }

        @Test
        @Rule("R3")
        void either_side_of_a_pending_peering_may_route_to_it() {
            NetPeering peering = fixture.pendingPeering(peer, net);

            assertThat(create("10.1.0.0/16", peering).routes()).hasSize(2);
        }

        @Test
        @Rule("R2")
        void routes_stay_in_the_order_in_which_they_were_made() {
            NetPeering peering = fixture.activePeering(net, peer);
            create("192.168.0.0/16", peering);
            create("10.1.0.0/16", peering);

            assertThat(create("10.1.2.0/24", peering).routes())
                    .extracting(route -> route.destination().toString())
                    .containsExactly("10.0.0.0/16", "192.168.0.0/16", "10.1.0.0/16", "10.1.2.0/24");
        }

        @ParameterizedTest
        @ValueSource(strings = {"0.0.0.0/0", "10.0.0.0/8", "10.0.0.0/15", "10.1.0.0/16", "10.1.7.0/24", "10.1.0.9/32"})
        @Rule("R2")
        void a_destination_may_be_the_peers_range_or_a_part_of_it_or_more(String destination) {
            NetPeering peering = fixture.activePeering(net, peer);

            assertThat(create(destination, peering).routes()).contains(route(destination, peering));
        }

        @ParameterizedTest
        @ValueSource(strings = {"10.0.0.0/16", "10.0.0.0/17", "10.0.200.0/24", "10.0.255.255/32"})
        @Rule("R5")
        void a_destination_equal_to_or_inside_the_nets_own_range_is_refused(String destination) {
            NetPeering peering = fixture.activePeering(net, peer);

            assertRefused(RefusalCode.BAD_VALUE, () -> create(destination, peering))
                    .contains(destination, "10.0.0.0/16", "local");
            assertThat(routes()).hasSize(1);
        }

        @Test
        @Rule("R5")
        void a_second_route_to_the_same_destination_is_refused() {
            NetPeering peering = fixture.activePeering(net, peer);
            create("10.1.0.0/16", peering);

            assertRefused(RefusalCode.ROUTE_EXISTS, () -> create("10.1.0.0/16", peering))
                    .contains("10.1.0.0/16");
            assertThat(routes()).hasSize(2);
        }

        @Test
        @Rule("R3")
        void a_peering_of_other_nets_is_refused() {
            Net third = fixture.net(owner, "10.2.0.0/16");
            NetPeering elsewhere = fixture.activePeering(third, peer);

            assertRefused(RefusalCode.BAD_VALUE, () -> create("10.1.0.0/16", elsewhere))
                    .contains(elsewhere.id().value(), net.id().value());
        }

        @Test
        @Rule("A4")
        void a_peering_that_the_caller_has_no_part_in_is_unknown() {
            Net third = fixture.net(peerOwner, "10.2.0.0/16");
            NetPeering foreign = fixture.activePeering(third, peer);

            assertRefused(RefusalCode.UNKNOWN_ID, () -> create("10.1.0.0/16", foreign))
                    .isEqualTo("The Net peering '%s' doesn't exist.", foreign.id());
        }

        @Test
        @Rule("R3")
        void dead_peerings_are_refused_while_they_are_visible() {
            NetPeering rejected = save(fixture.pendingPeering(net, peer).reject(peerOwner, fixture.now()));
            NetPeering deleted = save(fixture.activePeering(net, peer).delete(owner, fixture.now()));
            NetPeering expired = fixture.pendingPeering(net, peer);
            store.advance(Duration.ofMinutes(30));

            for (NetPeering dead : List.of(rejected, deleted)) {
                assertRefused(RefusalCode.INVALID_STATE, () -> create("10.1.0.0/16", dead));
            }
            store.advance(PeeringState.TIME_TO_ANSWER.minus(Duration.ofMinutes(30)));
            assertRefused(RefusalCode.INVALID_STATE, () -> create("10.1.0.0/16", expired))
                    .contains("expired");
            assertRefused(RefusalCode.UNKNOWN_ID, () -> create("10.1.0.0/16", rejected));
        }

        @Test
        void targets_that_do_not_exist_are_unknown() {
            String destination = "0.0.0.0/0";

            assertRefused(
                            RefusalCode.UNKNOWN_ID,
                            () -> create(
                                    destination, new RequestedTarget.InternetService(InternetServiceId.KIND.of(1))))
                    .isEqualTo("The gateway 'igw-00000001' doesn't exist.");
            assertRefused(
                            RefusalCode.UNKNOWN_ID,
                            () -> create(destination, new RequestedTarget.NatService(NatServiceId.KIND.of(1))))
                    .isEqualTo("The NAT service 'nat-00000001' doesn't exist.");
            assertRefused(
                    RefusalCode.UNKNOWN_ID, () -> create(destination, new RequestedTarget.Nic(NicId.KIND.of(0xffff))));
            assertRefused(
                    RefusalCode.UNKNOWN_ID, () -> create(destination, new RequestedTarget.Vm(VmId.KIND.of(0xffff))));
            assertRefused(
                    RefusalCode.UNKNOWN_ID,
                    () -> create(destination, new RequestedTarget.Peering(NetPeeringId.KIND.of(0xffff))));
        }

        @Test
        @Rule("P12")
        void the_quota_counts_the_local_route_too() {
            NetPeering peering = fixture.activePeering(net, peer);
            fixture.change(unit -> {
                Account account = unit.accounts().find(owner).orElseThrow();
                unit.accounts()
                        .save(new Account(
                                owner, account.email(), Map.of(Quota.ROUTES_PER_TABLE, 2), account.createdAt()));
                return owner;
            });
            create("10.1.0.0/16", peering);

            assertRefused(RefusalCode.QUOTA, () -> create("10.2.0.0/16", peering));
        }

        @Test
        @Rule("A4")
        void anothers_table_is_unknown() {
            NetPeering peering = fixture.activePeering(net, peer);
            Cidr destination = Cidr.parse("10.7.0.0/16");

            assertRefused(
                    RefusalCode.UNKNOWN_ID,
                    () -> fixture.change(
                            unit -> tables.createRoute(unit, peerOwner, main.id(), destination, to(peering))));
        }
    }

    @Nested
    class Update_and_delete {

        @Test
        void a_route_is_led_elsewhere_in_its_place() {
            Net third = fixture.net(owner, "10.2.0.0/16");
            NetPeering first = fixture.activePeering(net, peer);
            NetPeering second = fixture.activePeering(net, third);
            create("192.168.0.0/16", first);
            create("172.16.0.0/16", first);

            RouteTable table = update("192.168.0.0/16", second);

            assertThat(table.routes().subList(1, 3))
                    .containsExactly(route("192.168.0.0/16", second), route("172.16.0.0/16", first));
            assertThat(routes()).isEqualTo(table.routes());
        }

        @Test
        @Rule("L9")
        void the_log_tells_which_route_and_where_it_led_before() {
            NetPeering first = fixture.activePeering(net, peer);
            NetPeering second = fixture.activePeering(net, fixture.net(owner, "10.2.0.0/16"));
            create("192.168.0.0/16", first);

            update("192.168.0.0/16", second);
            assertThat(lastDetail())
                    .isEqualTo("192.168.0.0/16 through %s, before 192.168.0.0/16 through %s"
                            .formatted(second.id(), first.id()));

            delete("192.168.0.0/16");
            assertThat(lastDetail()).isEqualTo("192.168.0.0/16 through %s".formatted(second.id()));
        }

        private String lastDetail() {
            return fixture.read(
                    snapshot -> snapshot.events().after(0, 100).getLast().fact().detail());
        }

        @Test
        @Rule("L9")
        void a_route_that_leads_there_already_is_no_change_and_no_event() {
            NetPeering peering = fixture.activePeering(net, peer);
            create("10.1.0.0/16", peering);
            long before = fixture.read(snapshot -> snapshot.events().lastSequence());

            update("10.1.0.0/16", peering);

            long after = fixture.read(snapshot -> snapshot.events().lastSequence());
            assertThat(after).isEqualTo(before);
        }

        @Test
        @Rule("R4")
        void a_blackhole_can_be_removed() {
            NetPeering peering = fixture.activePeering(net, peer);
            create("10.1.0.0/16", peering);
            save(peering.delete(owner, fixture.now()));

            delete("10.1.0.0/16");

            assertThat(routes()).hasSize(1);
        }

        @Test
        @Rule("R1")
        void the_local_route_can_neither_be_changed_nor_removed() {
            NetPeering peering = fixture.activePeering(net, peer);

            assertRefused(RefusalCode.BAD_VALUE, () -> update("10.0.0.0/16", peering))
                    .contains("local");
            assertRefused(RefusalCode.BAD_VALUE, () -> delete("10.0.0.0/16")).contains("local");
            assertThat(routes()).isEqualTo(main.routes());
        }

        @Test
        void a_destination_without_a_route_is_unknown() {
            NetPeering peering = fixture.activePeering(net, peer);
            create("10.1.0.0/16", peering);

            assertRefused(RefusalCode.UNKNOWN_ROUTE, () -> update("10.1.2.0/24", peering));
            assertRefused(RefusalCode.UNKNOWN_ROUTE, () -> delete("10.1.2.0/24"))
                    .contains(main.id().value(), "10.1.2.0/24");
        }
    }

    @Nested
    @Rule("R4")
    class State {

        @Test
        void of_the_local_route_is_active() {
            assertThat(fixture.<RouteState>read(snapshot ->
                            new RouteStates(snapshot).of(net.id(), main.routes().getFirst())))
                    .isEqualTo(RouteState.ACTIVE);
        }

        @Test
        void follows_the_peering_from_pending_to_active_to_deleted() {
            NetPeering pending = fixture.pendingPeering(net, peer);
            assertThat(state(pending)).isEqualTo(RouteState.ACTIVE);

            NetPeering active = save(pending.accept(peerOwner, fixture.now()));
            assertThat(state(active)).isEqualTo(RouteState.ACTIVE);

            save(active.delete(owner, fixture.now()));
            assertThat(state(active)).isEqualTo(RouteState.BLACKHOLE);
        }

        @Test
        void turns_at_the_instant_of_expiry_though_nobody_recorded_it() {
            NetPeering pending = fixture.pendingPeering(net, peer);
            store.advance(PeeringState.TIME_TO_ANSWER.minusMillis(1));
            assertThat(state(pending)).isEqualTo(RouteState.ACTIVE);

            store.advance(Duration.ofMillis(1));
            assertThat(state(pending)).isEqualTo(RouteState.BLACKHOLE);
        }

        @Test
        void stays_a_blackhole_when_the_peering_is_forgotten() {
            NetPeering peering = fixture.activePeering(net, peer);
            fixture.change(unit -> {
                unit.peerings().delete(peering.id());
                return owner;
            });

            assertThat(state(peering)).isEqualTo(RouteState.BLACKHOLE);
        }
    }
}
