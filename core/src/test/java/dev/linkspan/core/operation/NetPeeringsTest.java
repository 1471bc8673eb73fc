package dev.linkspan.core.operation;

import static dev.linkspan.core.refusal.Refused.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.account.Quota;
import dev.linkspan.core.event.EventType;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.net.Vm;
import dev.linkspan.core.net.VmState;
import dev.linkspan.core.peering.NetPeering;
import dev.linkspan.core.peering.PeeringMessage;
import dev.linkspan.core.peering.PeeringOptions;
import dev.linkspan.core.peering.PeeringRules;
import dev.linkspan.core.peering.PeeringSide;
import dev.linkspan.core.peering.PeeringState;
import dev.linkspan.core.peering.PeeringStateName;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.refusal.RefusalCode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetPeeringsTest extends PeeringScene {

    @Nested
    class SetOptions {

        private static final PeeringOptions SOURCE = new PeeringOptions(Optional.of(true), Optional.empty());
        private static final PeeringOptions ACCEPTER = new PeeringOptions(Optional.empty(), Optional.of(true));

        private NetPeering set(AccountId by, NetPeering peering, PeeringOptions options) {
            return fixture.change(unit -> peerings.setOptions(unit, by, peering.id(), options));
        }

        @Test
        void each_owner_sets_its_side_and_sees_both() {
            NetPeering peering = accept(create(source, target));

            assertThat(set(requester, peering, SOURCE).source().dnsResolution()).isTrue();
            NetPeering both = set(accepter, peering, ACCEPTER);

            assertThat(both.source().dnsResolution()).isTrue();
            assertThat(both.accepter().dnsResolution()).isTrue();
            assertThat(both.stateAt(fixture.now())).isEqualTo(peering.stateAt(fixture.now()));
            assertThat(visibleTo(requester)).containsExactly(both);
            assertThat(visibleTo(accepter)).containsExactly(both);
            assertThat(events()).endsWith(EventType.NET_PEERING_CHANGED, EventType.NET_PEERING_CHANGED);
        }

        @Test
        void the_other_side_is_not_for_the_caller_to_set() {
            NetPeering peering = accept(create(source, target));

            assertRefused(RefusalCode.WRONG_PARTY, () -> set(requester, peering, ACCEPTER))
                    .contains("only account " + accepter, target.id().value());
            assertRefused(RefusalCode.WRONG_PARTY, () -> set(accepter, peering, SOURCE))
                    .contains("only account " + requester, source.id().value());
            PeeringOptions both = new PeeringOptions(Optional.of(true), Optional.of(true));
            assertRefused(RefusalCode.WRONG_PARTY, () -> set(requester, peering, both));
            assertRefused(RefusalCode.UNKNOWN_ID, () -> set(stranger, peering, SOURCE));
            assertThat(visibleTo(requester)).containsExactly(peering);
        }

        @Test
        void an_owner_of_both_sides_sets_both_at_once() {
            NetPeering peering = accept(create(source, inhabited(requester, "10.2.0.0/16")));

            NetPeering set = set(requester, peering, new PeeringOptions(Optional.of(true), Optional.of(true)));

            assertThat(List.of(set.source(), set.accepter())).allMatch(PeeringSide::dnsResolution);
        }

        @Test
        void only_an_active_peering_has_options_to_set() {
            NetPeering pending = create(source, target);
            assertRefused(RefusalCode.INVALID_STATE, () -> set(requester, pending, SOURCE))
                    .contains("'pending-acceptance'");
            set(requester, accept(pending), SOURCE);
            NetPeering deleted = delete(pending, accepter);

            assertRefused(RefusalCode.INVALID_STATE, () -> set(requester, deleted, SOURCE))
                    .contains("'deleted'");
            assertThat(deleted.source().dnsResolution()).isTrue();
        }

        @Test
        void what_is_set_already_is_no_event() {
            NetPeering peering = accept(create(source, target));

            set(requester, peering, new PeeringOptions(Optional.of(false), Optional.empty()));

            assertThat(events()).endsWith(EventType.NET_PEERING_ACCEPTED);
        }
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
        void a_word_to_the_other_owner_stays_with_the_peering_as_it_was_first_said() {
            PeeringMessage first = new PeeringMessage("For the till.");
            NetPeering asked = createSaying(first);
            NetPeering again = createSaying(new PeeringMessage("Please."));

            assertThat(asked.message()).contains(first);
            assertThat(again).isEqualTo(asked);
            assertThat(accept(asked).message()).contains(first);
            assertThat(delete(asked, requester).message()).contains(first);
        }

        private NetPeering createSaying(PeeringMessage message) {
            return fixture.change(unit -> peerings.create(
                    unit, requester, source.id(), target.id(), Optional.of(accepter), Optional.of(message)));
        }

        @Test
        @Rule({"P2", "P7", "P8"})
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
                    .isEqualTo("The source Net '%s' doesn't exist.", source.id());
        }

        @Test
        @Rule("A4")
        void another_accounts_net_is_found_only_with_its_owner() {
            for (Optional<AccountId> owner : List.of(Optional.<AccountId>empty(), Optional.of(stranger))) {
                assertRefused(
                                RefusalCode.UNKNOWN_ID,
                                () -> fixture.change(
                                        unit -> peerings.create(unit, requester, source.id(), target.id(), owner)))
                        .isEqualTo("The accepter Net '%s' doesn't exist.", target.id());
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
                unit.vms().save(vm.withState(state, unit.now()));
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
        void requests_that_came_to_nothing_are_limited_for_an_hour() {
            limit(requester, Quota.DEAD_PEERING_REQUESTS, 2);
            Net overlapping = inhabited(accepter, "10.0.5.0/24");
            assertThat(state(create(source, overlapping))).isEqualTo(PeeringStateName.FAILED);
            delete(create(source, target), requester);

            assertRefused(RefusalCode.QUOTA, () -> create(source, overlapping));
            assertRefused(RefusalCode.QUOTA, () -> create(source, target));
            assertThat(visibleTo(accepter)).hasSize(2);

            store.advance(Duration.ofHours(1));
            assertThat(state(create(source, target))).isEqualTo(PeeringStateName.PENDING_ACCEPTANCE);
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
}
