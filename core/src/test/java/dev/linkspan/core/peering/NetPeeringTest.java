package dev.linkspan.core.peering;

import static dev.linkspan.core.peering.LifecycleMatrix.ACCEPTER;
import static dev.linkspan.core.peering.LifecycleMatrix.BIRTH;
import static dev.linkspan.core.peering.LifecycleMatrix.ID;
import static dev.linkspan.core.peering.LifecycleMatrix.NOW;
import static dev.linkspan.core.peering.LifecycleMatrix.REQUESTER;
import static dev.linkspan.core.peering.LifecycleMatrix.STRANGER;
import static dev.linkspan.core.peering.LifecycleMatrix.side;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.linkspan.core.Rule;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.peering.LifecycleMatrix.Action;
import dev.linkspan.core.peering.LifecycleMatrix.Party;
import dev.linkspan.core.peering.LifecycleMatrix.Situation;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetPeeringTest {

    private static final Duration WEEK = Duration.ofDays(7);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final PeeringSide SOURCE = side("vpc-0000000a", "10.0.0.0/16", REQUESTER);
    private static final PeeringSide TARGET = side("vpc-0000000b", "10.1.0.0/16", ACCEPTER);

    private static NetPeering request() {
        return NetPeering.requested(ID, SOURCE, TARGET, BIRTH);
    }

    @Nested
    @Rule("L1")
    class The_matrix {

        /** One line per situation and action: what the requester's, accepter's and the owner of both get. */
        private static final String EXPECTED = """
                pending-acceptance      | accept | party     | active    | active
                pending-acceptance      | reject | party     | rejected  | rejected
                pending-acceptance      | delete | deleted   | party     | deleted
                active                  | accept | party     | unchanged | unchanged
                active                  | reject | party     | state     | state
                active                  | delete | deleted   | deleted   | deleted
                rejected                | accept | party     | state     | state
                rejected                | reject | party     | unchanged | unchanged
                rejected                | delete | state     | state     | state
                rejected, automatically | accept | party     | state     | state
                rejected, automatically | reject | party     | unchanged | unchanged
                rejected, automatically | delete | state     | state     | state
                failed                  | accept | party     | state     | state
                failed                  | reject | party     | state     | state
                failed                  | delete | state     | state     | state
                expired                 | accept | party     | state     | state
                expired                 | reject | party     | state     | state
                expired                 | delete | state     | state     | state
                deleted, while pending  | accept | party     | state     | state
                deleted, while pending  | reject | party     | state     | state
                deleted, while pending  | delete | unchanged | state     | unchanged
                deleted, while active   | accept | party     | state     | state
                deleted, while active   | reject | party     | state     | state
                deleted, while active   | delete | unchanged | unchanged | unchanged
                """;

        record Line(String situation, String action, String requester, String accepter, String ownerOfBoth) {}

        static List<Line> lines() {
            return EXPECTED.lines().map(The_matrix::line).toList();
        }

        private static Line line(String text) {
            String[] cells = text.split("\\|", -1);
            return new Line(cells[0].strip(), cells[1].strip(), full(cells[2]), full(cells[3]), full(cells[4]));
        }

        private static String full(String cell) {
            String outcome = cell.strip();
            return Set.of("party", "state").contains(outcome) ? "refused: " + outcome : outcome;
        }

        @ParameterizedTest
        @MethodSource("lines")
        void holds(Line line) {
            Situation situation = situation(line);
            Action action = Action.valueOf(line.action().toUpperCase(Locale.ROOT));

            assertThat(LifecycleMatrix.outcome(situation, action, Party.REQUESTER))
                    .isEqualTo(line.requester());
            assertThat(LifecycleMatrix.outcome(situation, action, Party.ACCEPTER))
                    .isEqualTo(line.accepter());
            assertThat(LifecycleMatrix.outcome(situation, action, Party.OWNER_OF_BOTH))
                    .isEqualTo(line.ownerOfBoth());
            assertThat(LifecycleMatrix.outcome(situation, action, Party.STRANGER))
                    .isEqualTo("refused: unknown");
        }

        private static Situation situation(Line line) {
            return List.of(Situation.values()).stream()
                    .filter(it -> it.label.equals(line.situation()))
                    .findFirst()
                    .orElseThrow();
        }

        @Test
        void is_complete() {
            List<String> all = new ArrayList<>();
            for (Situation situation : Situation.values()) {
                for (Action action : Action.values()) {
                    all.add(situation.label + " " + action.name().toLowerCase(Locale.ROOT));
                }
            }
            List<String> listed = lines().stream()
                    .map(line -> line.situation() + " " + line.action())
                    .toList();

            assertThat(listed).containsExactlyElementsOf(all);
        }

        @Test
        void covers_every_state() {
            Set<PeeringStateName> states = List.of(Situation.values()).stream()
                    .map(it -> it.between(REQUESTER, ACCEPTER).stateAt(NOW).name())
                    .collect(Collectors.toSet());

            assertThat(states).containsExactlyInAnyOrder(PeeringStateName.values());
        }
    }

    @Nested
    class A_refusal {

        @Test
        @Rule("L1")
        void of_the_wrong_party_says_who_may() {
            assertThatExceptionOfType(Refusal.class)
                    .isThrownBy(() -> request().accept(REQUESTER, NOW))
                    .withMessage("Account 111111111111 may not accept the Net peering 'pcx-0000000a':"
                            + " only account 222222222222, the owner of vpc-0000000b, may.")
                    .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(RefusalCode.WRONG_PARTY))
                    .satisfies(refusal -> assertThat(refusal.subject()).contains(ID));
        }

        @Test
        @Rule("L1")
        void of_a_state_names_it_and_what_it_means() {
            NetPeering rejected = Situation.REJECTED.between(REQUESTER, ACCEPTER);

            assertThatExceptionOfType(Refusal.class)
                    .isThrownBy(() -> rejected.accept(ACCEPTER, NOW))
                    .withMessage("The Net peering 'pcx-0000000a' cannot be accepted:"
                            + " it is in the state 'rejected' (Rejected by 222222222222).");
        }

        @Test
        @Rule("A4")
        void of_a_stranger_is_that_of_an_unknown_id() {
            NetPeering active = Situation.ACTIVE.between(REQUESTER, ACCEPTER);

            assertThatExceptionOfType(Refusal.class)
                    .isThrownBy(() -> active.delete(STRANGER, NOW))
                    .withMessage("The Net peering 'pcx-0000000a' doesn't exist.");
        }
    }

    @Nested
    @Rule("L2")
    class A_pending_request {

        @ParameterizedTest
        @ValueSource(longs = {0, 1, 604_799_999})
        void waits_until_the_last_millisecond_of_seven_days(long millis) {
            Instant now = BIRTH.plusMillis(millis);

            assertThat(request().stateAt(now)).isEqualTo(new PeeringState.PendingAcceptance(BIRTH.plus(WEEK)));
            assertThat(request().accept(ACCEPTER, now).isActive()).isTrue();
        }

        @ParameterizedTest
        @ValueSource(longs = {604_800_000, 604_800_001})
        void is_expired_from_exactly_seven_days_on(long millis) {
            Instant now = BIRTH.plusMillis(millis);

            assertThat(request().stateAt(now)).isEqualTo(new PeeringState.Expired(BIRTH.plus(WEEK)));
            for (Action action : Action.values()) {
                assertThatExceptionOfType(Refusal.class)
                        .isThrownBy(() -> at(now, action, action == Action.DELETE ? REQUESTER : ACCEPTER))
                        .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(RefusalCode.INVALID_STATE));
            }
        }

        private NetPeering at(Instant now, Action action, AccountId by) {
            return switch (action) {
                case ACCEPT -> request().accept(by, now);
                case REJECT -> request().reject(by, now);
                case DELETE -> request().delete(by, now);
            };
        }

        @Test
        void expires_at_the_instant_it_fell_due_however_late_that_is_recorded() {
            Instant late = BIRTH.plus(WEEK).plus(Duration.ofMinutes(40));

            assertThat(request().expire(late).recorded()).isEqualTo(new PeeringState.Expired(BIRTH.plus(WEEK)));
            assertThat(request().expire(late).stateAt(late)).isEqualTo(request().stateAt(late));
        }

        @Test
        void cannot_be_recorded_as_expired_before_it_is() {
            Instant before = BIRTH.plus(WEEK).minusMillis(1);

            assertThatIllegalStateException()
                    .isThrownBy(() -> request().expire(before))
                    .withMessageStartingWith("BUG:");
        }

        @Test
        @Rule("P7")
        void is_what_every_peering_begins_as() {
            assertThat(request().stateAt(BIRTH).name()).isEqualTo(PeeringStateName.PENDING_ACCEPTANCE);
            assertThat(request().acceptedAt()).isEmpty();
        }
    }

    @Nested
    @Rule("L3")
    class Visibility {

        @ParameterizedTest
        @EnumSource(
                value = Situation.class,
                names = {"PENDING_ACCEPTANCE", "ACTIVE", "EXPIRED"},
                mode = EnumSource.Mode.EXCLUDE)
        void of_what_died_ends_one_hour_later(Situation situation) {
            NetPeering dead = situation.between(REQUESTER, ACCEPTER);
            Instant end = ((PeeringState.Dead) dead.recorded()).since().plus(HOUR);

            assertThat(dead.visibleAt(end.minusMillis(1))).isTrue();
            assertThat(dead.visibleAt(end)).isFalse();
            assertThat(dead.visibleAt(end.plusMillis(1))).isFalse();
        }

        @Test
        void of_what_expired_ends_one_hour_after_it_fell_due_recorded_or_not() {
            Instant due = BIRTH.plus(WEEK);
            NetPeering recorded = request().expire(due.plusSeconds(1800));

            for (NetPeering expired : List.of(request(), recorded)) {
                assertThat(expired.visibleAt(due.plus(HOUR).minusMillis(1))).isTrue();
                assertThat(expired.visibleAt(due.plus(HOUR))).isFalse();
            }
        }

        @Test
        void of_what_is_active_never_ends() {
            NetPeering active = request().accept(ACCEPTER, BIRTH);

            assertThat(active.visibleAt(BIRTH.plus(Duration.ofDays(36_500)))).isTrue();
        }
    }

    @Nested
    class What_is_shown {

        @ParameterizedTest
        @EnumSource(Situation.class)
        @Rule("L5")
        void holds_the_expiration_only_while_pending_and_when_expired(Situation situation) {
            Optional<Instant> shown = LifecycleMatrix.shownExpiration(situation);

            switch (situation) {
                case PENDING_ACCEPTANCE ->
                    assertThat(shown).contains(NOW.minusSeconds(60).plus(WEEK));
                case EXPIRED -> assertThat(shown).contains(BIRTH.plus(WEEK));
                case ACTIVE, REJECTED, REJECTED_AUTOMATICALLY, FAILED, DELETED_WHILE_PENDING, DELETED_WHILE_ACTIVE ->
                    assertThat(shown).isEmpty();
            }
        }

        @ParameterizedTest
        @EnumSource(Situation.class)
        @Rule("L6")
        void says_what_the_state_means(Situation situation) {
            String expected = switch (situation) {
                case PENDING_ACCEPTANCE -> "Pending acceptance by 222222222222";
                case ACTIVE -> "Active";
                case REJECTED -> "Rejected by 222222222222";
                case REJECTED_AUTOMATICALLY ->
                    "Rejected automatically: an active peering already connects these two Nets";
                case FAILED -> "Failed: the IP ranges overlap";
                case EXPIRED -> "Expired: not accepted within 7 days";
                case DELETED_WHILE_PENDING, DELETED_WHILE_ACTIVE -> "Deleted by 111111111111";
            };

            assertThat(situation.between(REQUESTER, ACCEPTER).messageAt(NOW)).isEqualTo(expected);
        }

        @Test
        @Rule("L6")
        void names_the_account_that_ended_it() {
            NetPeering active = request().accept(ACCEPTER, BIRTH);

            assertThat(active.delete(ACCEPTER, BIRTH).messageAt(BIRTH)).isEqualTo("Deleted by 222222222222");
        }
    }

    @Nested
    class The_two_sides {

        @Test
        void are_each_others_peer() {
            assertThat(request().peerOf(SOURCE.net())).isEqualTo(TARGET);
            assertThat(request().peerOf(TARGET.net())).isEqualTo(SOURCE);
        }

        @Test
        void do_not_include_a_third_net() {
            NetId third = new NetId("vpc-0000000c");

            assertThat(request().connects(third)).isFalse();
            assertThatIllegalArgumentException().isThrownBy(() -> request().peerOf(third));
        }

        @Test
        @Rule("A4")
        void concern_their_owners_and_nobody_else() {
            assertThat(request().concerns(REQUESTER)).isTrue();
            assertThat(request().concerns(ACCEPTER)).isTrue();
            assertThat(request().concerns(STRANGER)).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(value = Situation.class, names = "PENDING_ACCEPTANCE", mode = EnumSource.Mode.EXCLUDE)
    @Rule("P9")
    void only_a_pending_request_is_rejected_automatically(Situation situation) {
        NetPeering peering = situation.between(REQUESTER, ACCEPTER);

        assertThatIllegalStateException().isThrownBy(() -> peering.rejectAutomatically(NOW));
    }

    @Test
    @Rule("L1")
    void accepting_is_remembered_after_the_end() {
        NetPeering ended = request().accept(ACCEPTER, BIRTH).delete(ACCEPTER, NOW);

        assertThat(ended.acceptedAt()).contains(BIRTH);
    }
}
