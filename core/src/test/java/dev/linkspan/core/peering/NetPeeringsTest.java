package dev.linkspan.core.peering;

import static dev.linkspan.core.refusal.Refused.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.account.Account;
import dev.linkspan.core.account.Quota;
import dev.linkspan.core.event.Event;
import dev.linkspan.core.event.EventType;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.net.Vm;
import dev.linkspan.core.net.VmState;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.InMemoryStore;
import dev.linkspan.core.port.Snapshot;
import dev.linkspan.core.refusal.RefusalCode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetPeeringsTest {

    private final InMemoryStore store = new InMemoryStore();
    private final Fixture fixture = new Fixture(store);
    private final NetPeerings peerings = new NetPeerings(PeeringRules.STANDARD);
    private final AccountId requester = fixture.account();
    private final AccountId accepter = fixture.account();
    private final AccountId stranger = fixture.account();
    private final Net source = inhabited(requester, "10.0.0.0/16");
    private final Net target = inhabited(accepter, "10.1.0.0/16");

    private Net inhabited(AccountId owner, String range) {
        Net net = fixture.net(owner, range);
        fixture.bareVm(fixture.subnet(net, range));
        return net;
    }

    private NetPeering create(Net from, Net to) {
        return create(peerings, from, to);
    }

    private NetPeering create(NetPeerings by, Net from, Net to) {
        return fixture.change(unit -> by.create(unit, from.owner(), from.id(), to.id(), Optional.of(to.owner())));
    }

    private NetPeering accept(NetPeering peering) {
        return fixture.change(unit -> peerings.accept(unit, peering.accepter().owner(), peering.id()));
    }

    private NetPeering reject(NetPeering peering) {
        return fixture.change(unit -> peerings.reject(unit, peering.accepter().owner(), peering.id()));
    }

    private NetPeering delete(NetPeering peering, AccountId by) {
        return fixture.change(unit -> peerings.delete(unit, by, peering.id()));
    }

    private PeeringStateName state(NetPeering peering) {
        return fixture.read(snapshot -> snapshot.netPeering(peering.id())
                .orElseThrow()
                .stateAt(snapshot.now())
                .name());
    }

    private List<NetPeering> visibleTo(AccountId viewer) {
        return fixture.read(snapshot -> snapshot.netPeerings(NetPeeringQuery.visibleTo(viewer, 100)));
    }

    private List<EventType> events() {
        return fixture.read(snapshot -> snapshot.events(0, 1000)).stream()
                .map(event -> event.fact().type())
                .toList();
    }

    private void limit(AccountId account, Quota quota, int limit) {
        fixture.change(unit -> {
            Account before = unit.account(account).orElseThrow();
            unit.save(new Account(account, before.email(), Map.of(quota, limit), before.createdAt()));
            return account;
        });
    }

    @Nested
    class Create {

        @Test
        @Rule({"P7", "L7"})
        void a_request_waits_and_holds_both_sides_as_they_are() {
            NetPeering asked = create(source, target);

            assertThat(asked.recorded())
                    .isEqualTo(new PeeringState.PendingAcceptance(fixture.now().plus(Duration.ofDays(7))));
            assertThat(asked.source()).isEqualTo(new PeeringSide(source.id(), source.range(), requester));
            assertThat(asked.accepter()).isEqualTo(new PeeringSide(target.id(), target.range(), accepter));
            assertThat(visibleTo(requester)).containsExactly(asked);
        }

        @Test
        @Rule({"P2", "P7"})
        void two_nets_of_one_account_wait_for_an_answer_too() {
            Net second = inhabited(requester, "10.2.0.0/16");
            NetPeering asked = fixture.change(
                    unit -> peerings.create(unit, requester, source.id(), second.id(), Optional.empty()));

            assertThat(state(asked)).isEqualTo(PeeringStateName.PENDING_ACCEPTANCE);
            assertThat(state(accept(asked))).isEqualTo(PeeringStateName.ACTIVE);
        }

        @Test
        @Rule("P3")
        void a_net_may_have_many_peerings() {
            NetPeering one = accept(create(source, target));
            NetPeering other = accept(create(source, inhabited(accepter, "10.2.0.0/16")));

            assertThat(List.of(one, other)).allMatch(NetPeering::isActive);
        }

        @ParameterizedTest
        @CsvSource({"10.0.0.0/16", "10.0.1.0/24"})
        @Rule({"P4", "L6"})
        void overlapping_ranges_make_it_be_born_failed(String range) {
            Net overlapping = inhabited(accepter, range);

            NetPeering failed = create(source, overlapping);
            NetPeering reverse = create(overlapping, source);

            assertThat(state(failed)).isEqualTo(PeeringStateName.FAILED);
            assertThat(failed.messageAt(fixture.now()))
                    .isEqualTo("Failed: the IP ranges of the two Nets overlap (10.0.0.0/16, %s)", range);
            assertThat(state(reverse)).isEqualTo(PeeringStateName.FAILED);
            assertThat(events()).containsExactly(EventType.NET_PEERING_FAILED, EventType.NET_PEERING_FAILED);
        }

        @Test
        @Rule({"P5", "L6"})
        void nets_in_different_regions_make_it_be_born_failed() {
            Fixture elsewhere = new Fixture(store, Fixture.OTHER_REGION);
            Net far = elsewhere.net(accepter, "10.7.0.0/16");
            elsewhere.bareVm(elsewhere.subnet(far, "10.7.0.0/16"));

            NetPeering failed = create(source, far);

            assertThat(state(failed)).isEqualTo(PeeringStateName.FAILED);
            assertThat(failed.messageAt(fixture.now()))
                    .isEqualTo("Failed: the two Nets are in different Regions (eu-west-2, us-east-2)");
        }

        @Test
        @Rule("P10")
        void a_net_cannot_peer_with_itself_whether_it_exists_or_not() {
            NetId none = NetId.KIND.of(0xffff);

            assertRefused(RefusalCode.SAME_NET, () -> create(source, source)).contains("itself");
            assertRefused(
                    RefusalCode.SAME_NET,
                    () -> fixture.change(unit -> peerings.create(unit, requester, none, none, Optional.empty())));
        }

        @Test
        @Rule("A4")
        void only_the_owner_of_the_source_net_asks() {
            assertRefused(
                            RefusalCode.UNKNOWN_ID,
                            () -> fixture.change(unit ->
                                    peerings.create(unit, stranger, source.id(), target.id(), Optional.of(accepter))))
                    .isEqualTo("The SourceNetId '%s' doesn't exist.", source.id());
        }

        @Test
        @Rule("A4")
        void another_accounts_net_is_found_only_with_its_owner() {
            for (Optional<AccountId> owner : List.of(Optional.<AccountId>empty(), Optional.of(stranger))) {
                assertRefused(
                                RefusalCode.UNKNOWN_ID,
                                () -> fixture.change(
                                        unit -> peerings.create(unit, requester, source.id(), target.id(), owner)))
                        .isEqualTo("The AccepterNetId '%s' doesn't exist.", target.id());
            }
        }
    }

    @Nested
    @Rule("P6")
    class Without_a_vm {

        @Test
        void the_request_is_refused_and_nothing_is_recorded() {
            Net empty = fixture.net(requester, "10.3.0.0/16");

            assertRefused(RefusalCode.NET_WITHOUT_VM, () -> create(empty, target))
                    .contains(empty.id().value());
            assertThat(visibleTo(requester)).isEmpty();
            assertThat(events()).isEmpty();
        }

        @Test
        void the_message_does_not_tell_which_when_the_net_is_anothers() {
            Net empty = fixture.net(accepter, "10.3.0.0/16");

            assertRefused(RefusalCode.NET_WITHOUT_VM, () -> create(source, empty))
                    .doesNotContain(empty.id().value());
        }

        @Test
        void a_terminated_vm_does_not_count_and_a_stopped_one_does() {
            Net net = fixture.net(requester, "10.3.0.0/16");
            Vm vm = fixture.bareVm(fixture.subnet(net, "10.3.0.0/16"));
            putInto(vm, VmState.STOPPED);
            assertThat(state(create(net, target))).isEqualTo(PeeringStateName.PENDING_ACCEPTANCE);

            putInto(vm, VmState.TERMINATED);
            assertRefused(RefusalCode.NET_WITHOUT_VM, () -> create(target, net));
        }

        private void putInto(Vm vm, VmState state) {
            fixture.change(unit -> {
                unit.save(vm.withState(state, unit.now()));
                return vm;
            });
        }

        @Test
        void an_operator_may_allow_it() {
            NetPeerings lenient = new NetPeerings(new PeeringRules(false, true));
            Net empty = fixture.net(requester, "10.3.0.0/16");

            assertThat(create(lenient, empty, target).recorded()).isInstanceOf(PeeringState.PendingAcceptance.class);
        }
    }

    @Nested
    @Rule("P9")
    class Asked_again {

        @Test
        void while_pending_the_same_request_is_answered() {
            NetPeering asked = create(source, target);
            store.advance(Duration.ofDays(3));

            assertThat(create(source, target)).isEqualTo(asked);
            assertThat(events()).hasSize(1);
        }

        @Test
        void while_active_the_same_peering_is_answered() {
            NetPeering active = accept(create(source, target));

            assertThat(create(source, target)).isEqualTo(active);
        }

        @Test
        void the_other_way_round_while_active_a_rejected_one_is_born() {
            accept(create(source, target));

            NetPeering reverse = create(target, source);

            assertThat(state(reverse)).isEqualTo(PeeringStateName.REJECTED);
            assertThat(reverse.messageAt(fixture.now()))
                    .isEqualTo("Rejected automatically: an active peering already connects these two Nets");
        }

        @Test
        void the_other_way_round_while_pending_a_second_request_waits_and_one_acceptance_rejects_the_other() {
            NetPeering one = create(source, target);
            NetPeering reverse = create(target, source);
            assertThat(state(reverse)).isEqualTo(PeeringStateName.PENDING_ACCEPTANCE);

            accept(reverse);

            assertThat(state(reverse)).isEqualTo(PeeringStateName.ACTIVE);
            assertThat(state(one)).isEqualTo(PeeringStateName.REJECTED);
            assertThat(events())
                    .containsExactly(
                            EventType.NET_PEERING_REQUESTED,
                            EventType.NET_PEERING_REQUESTED,
                            EventType.NET_PEERING_REJECTED,
                            EventType.NET_PEERING_ACCEPTED);
        }

        @Test
        @Rule("L2")
        void after_the_expiry_a_new_request_is_made_and_the_expiry_recorded() {
            NetPeering first = create(source, target);
            store.advance(Duration.ofDays(7));

            NetPeering second = create(source, target);

            assertThat(second.id()).isNotEqualTo(first.id());
            assertThat(state(first)).isEqualTo(PeeringStateName.EXPIRED);
            assertThat(events())
                    .containsExactly(
                            EventType.NET_PEERING_REQUESTED,
                            EventType.NET_PEERING_EXPIRED,
                            EventType.NET_PEERING_REQUESTED);
        }

        @Test
        void after_any_other_end_a_new_request_is_made() {
            NetPeering rejected = reject(create(source, target));
            NetPeering deleted = delete(create(source, target), requester);
            NetPeering third = create(source, target);

            assertThat(Set.of(rejected.id(), deleted.id(), third.id())).hasSize(3);
            assertThat(state(third)).isEqualTo(PeeringStateName.PENDING_ACCEPTANCE);
        }
    }

    @Nested
    @Rule("P12")
    class Quotas {

        @Test
        void outstanding_requests_are_limited_and_an_answer_makes_room() {
            limit(requester, Quota.OUTSTANDING_PEERING_REQUESTS, 1);
            NetPeering first = create(source, target);
            Net third = inhabited(accepter, "10.2.0.0/16");

            assertRefused(RefusalCode.QUOTA, () -> create(source, third));
            assertThat(visibleTo(requester)).containsExactly(first);

            reject(first);
            assertThat(state(create(source, third))).isEqualTo(PeeringStateName.PENDING_ACCEPTANCE);
        }

        @Test
        void an_expired_request_is_not_outstanding() {
            limit(requester, Quota.OUTSTANDING_PEERING_REQUESTS, 1);
            create(source, target);
            store.advance(Duration.ofDays(7));

            assertThat(state(create(source, inhabited(accepter, "10.2.0.0/16"))))
                    .isEqualTo(PeeringStateName.PENDING_ACCEPTANCE);
        }

        @Test
        @Rule("L4")
        void the_active_ones_of_either_net_are_limited_when_one_is_accepted() {
            limit(accepter, Quota.ACTIVE_PEERINGS_PER_NET, 1);
            NetPeering one = create(source, target);
            NetPeering two = create(inhabited(requester, "10.2.0.0/16"), target);
            accept(one);

            assertRefused(RefusalCode.QUOTA, () -> accept(two));
            assertThat(state(two)).isEqualTo(PeeringStateName.PENDING_ACCEPTANCE);

            delete(one, accepter);
            assertThat(state(accept(two))).isEqualTo(PeeringStateName.ACTIVE);
        }
    }

    @Nested
    @Rule("P13")
    class Overlapping_peers {

        private final Net twin = inhabited(stranger, "10.1.0.0/16");

        @Test
        void are_legal() {
            accept(create(source, target));

            assertThat(state(accept(create(source, twin)))).isEqualTo(PeeringStateName.ACTIVE);
        }

        @Test
        void are_refused_where_the_network_cannot_keep_them_apart() {
            NetPeerings careful = new NetPeerings(new PeeringRules(true, false));
            accept(create(source, target));
            NetPeering second = create(source, twin);

            assertRefused(
                            RefusalCode.CONFLICT,
                            () -> fixture.change(unit -> careful.accept(unit, stranger, second.id())))
                    .contains("overlaps");
            assertThat(state(second)).isEqualTo(PeeringStateName.PENDING_ACCEPTANCE);
        }
    }

    @Nested
    class Visibility {

        @Test
        @Rule("A4")
        void a_peering_is_seen_by_its_two_owners_and_by_nobody_else() {
            NetPeering asked = create(source, target);

            assertThat(visibleTo(requester)).containsExactly(asked);
            assertThat(visibleTo(accepter)).containsExactly(asked);
            assertThat(visibleTo(stranger)).isEmpty();
        }

        @Test
        @Rule("A4")
        void a_stranger_is_answered_like_for_an_id_that_does_not_exist() {
            NetPeering asked = create(source, target);
            NetPeeringId none = NetPeeringId.KIND.of(0xffff);

            for (NetPeeringId id : List.of(asked.id(), none)) {
                String expected = "The NetPeeringId '%s' doesn't exist.".formatted(id);
                assertRefused(RefusalCode.UNKNOWN_ID, () -> fixture.change(unit -> peerings.accept(unit, stranger, id)))
                        .isEqualTo(expected);
                assertRefused(RefusalCode.UNKNOWN_ID, () -> fixture.change(unit -> peerings.reject(unit, stranger, id)))
                        .isEqualTo(expected);
                assertRefused(RefusalCode.UNKNOWN_ID, () -> fixture.change(unit -> peerings.delete(unit, stranger, id)))
                        .isEqualTo(expected);
            }
        }

        @Test
        @Rule("L3")
        void one_hour_after_its_end_its_id_is_unknown() {
            NetPeering rejected = reject(create(source, target));
            store.advance(Duration.ofHours(1).minusMillis(1));
            assertThat(visibleTo(requester)).containsExactly(rejected);

            store.advance(Duration.ofMillis(1));

            assertThat(visibleTo(requester)).isEmpty();
            assertRefused(RefusalCode.UNKNOWN_ID, () -> reject(rejected));
        }

        @Test
        void live_ones_are_listed_before_dead_ones_then_by_creation() {
            NetPeering dead = reject(create(source, target));
            NetPeering first = create(source, target);
            NetPeering second = create(target, source);

            assertThat(visibleTo(requester)).containsExactly(first, second, dead);
        }
    }

    @Nested
    @Rule("L9")
    class Events {

        @Test
        void each_transition_is_one_event_in_order_with_its_cause() {
            NetPeering asked = create(source, target);
            accept(asked);
            accept(asked);
            delete(asked, accepter);
            delete(asked, requester);
            List<Event> events = fixture.read(snapshot -> snapshot.events(0, 100));

            assertThat(events)
                    .extracting(event -> event.fact().type())
                    .containsExactly(
                            EventType.NET_PEERING_REQUESTED,
                            EventType.NET_PEERING_ACCEPTED,
                            EventType.NET_PEERING_DELETED);
            assertThat(events).extracting(Event::sequence).containsExactly(1L, 2L, 3L);
            assertThat(events).allSatisfy(event -> {
                assertThat(event.fact().subject()).isEqualTo(asked.id().value());
                assertThat(event.fact().nets()).containsExactlyInAnyOrder(source.id(), target.id());
                assertThat(event.fact().accounts()).containsExactlyInAnyOrder(requester, accepter);
            });
            assertThat(events.getLast().fact().detail()).isEqualTo("Deleted by " + accepter);
        }

        @Test
        void a_refused_action_leaves_none() {
            NetPeering rejected = reject(create(source, target));
            long before = fixture.read(Snapshot::lastSequence);

            assertRefused(RefusalCode.INVALID_STATE, () -> accept(rejected));
            long after = fixture.read(Snapshot::lastSequence);
            assertThat(after).isEqualTo(before);
        }
    }

    @Nested
    @Rule("T2")
    class Sweep {

        private int sweep(int limit) {
            return fixture.change(unit -> peerings.sweep(unit, limit));
        }

        @Test
        void what_expired_is_recorded_once_and_forgotten_an_hour_after_it_fell_due() {
            NetPeering asked = create(source, target);
            store.advance(Duration.ofDays(7).minusMillis(1));
            assertThat(sweep(10)).isZero();

            store.advance(Duration.ofMillis(1));
            assertThat(sweep(10)).isEqualTo(1);
            assertThat(sweep(10)).isZero();

            store.advance(Duration.ofHours(1));
            assertThat(sweep(10)).isEqualTo(1);
            Optional<NetPeering> gone = fixture.read(snapshot -> snapshot.netPeering(asked.id()));
            assertThat(gone).isEmpty();
            assertThat(events())
                    .containsExactly(
                            EventType.NET_PEERING_REQUESTED,
                            EventType.NET_PEERING_EXPIRED,
                            EventType.NET_PEERING_FORGOTTEN);
        }

        @Test
        void what_expired_long_ago_is_recorded_and_forgotten_at_once() {
            create(source, target);
            store.advance(Duration.ofDays(30));

            assertThat(sweep(10)).isEqualTo(2);
            assertThat(visibleTo(requester)).isEmpty();
        }

        @Test
        void no_more_than_the_limit_is_done_at_a_time() {
            create(source, target);
            create(target, source);
            store.advance(Duration.ofDays(7));

            assertThat(sweep(1)).isEqualTo(1);
            assertThat(sweep(1)).isEqualTo(1);
            assertThat(sweep(1)).isZero();
        }

        @Test
        void what_is_live_stays() {
            accept(create(source, target));
            store.advance(Duration.ofDays(365));

            assertThat(sweep(10)).isZero();
            assertThat(visibleTo(requester)).hasSize(1);
        }
    }
}
