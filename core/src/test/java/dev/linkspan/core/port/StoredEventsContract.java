package dev.linkspan.core.port;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.event.ActingSession;
import dev.linkspan.core.event.Event;
import dev.linkspan.core.event.EventQuery;
import dev.linkspan.core.event.EventType;
import dev.linkspan.core.event.Fact;
import dev.linkspan.core.event.Origin;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.assertj.core.api.ListAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The audit trail: events found by whom and what they name, by type, number and time, from either end. */
public abstract class StoredEventsContract extends StoreContract {

    private static final AccountId ALICE = new AccountId("100000000001");
    private static final AccountId BOB = new AccountId("100000000002");
    private static final NetId ALICES = NetId.KIND.of(0x1001);
    private static final NetId BOBS = NetId.KIND.of(0x1002);
    private static final EventQuery EVERYTHING = EventQuery.everything(100);

    /** 1: Alice's Net. 2: Bob's. 3: a peering of both. 4: a route. 5: the peering again. A second lies between two. */
    @BeforeEach
    void record() {
        record(EventType.NET_CREATED, ALICES.value(), Set.of(ALICE), Set.of(ALICES));
        record(EventType.NET_CREATED, BOBS.value(), Set.of(BOB), Set.of(BOBS));
        record(EventType.NET_PEERING_REQUESTED, "pcx-00001003", Set.of(ALICE, BOB), Set.of(ALICES, BOBS));
        record(EventType.ROUTE_CREATED, "rtb-00001004", Set.of(ALICE), Set.of(ALICES));
        record(EventType.NET_PEERING_ACCEPTED, "pcx-00001003", Set.of(ALICE, BOB), Set.of(ALICES, BOBS));
    }

    private void record(EventType type, String subject, Set<AccountId> accounts, Set<NetId> nets) {
        fixture.change(unit -> {
            unit.record(new Fact(type, subject, accounts, nets, ""));
            return subject;
        });
        clock.advance(Duration.ofSeconds(1));
    }

    @Test
    void old_events_are_forgotten_from_the_oldest_on_with_what_leads_to_them_and_numbers_go_on() {
        Instant third = TestClock.START.plusSeconds(2);
        assertThat(fixture.<Integer>change(unit -> unit.events().forgetBefore(third, 1)))
                .isEqualTo(1);
        assertThat(fixture.<Integer>change(unit -> unit.events().forgetBefore(third, 100)))
                .isEqualTo(1);

        assertFound(EVERYTHING).containsExactly(3L, 4L, 5L);
        assertFound(EVERYTHING.naming(ALICE)).containsExactly(3L, 4L, 5L);
        assertFound(EVERYTHING.ofTypes(EventType.NET_CREATED)).isEmpty();
        assertFound(EVERYTHING.during(TestClock.START, third.plusSeconds(1))).containsExactly(3L);
        assertThat(fixture.<Long>read(snapshot -> snapshot.events().firstSequence()))
                .isEqualTo(3);

        Instant later = third.plusSeconds(100);
        assertThat(fixture.<Integer>change(unit -> unit.events().forgetBefore(later, 100)))
                .as("the newest stays")
                .isEqualTo(2);
        assertFound(EVERYTHING).containsExactly(5L);
        record(EventType.ROUTE_DELETED, "rtb-00001004", Set.of(ALICE), Set.of(ALICES));
        assertThat(fixture.<Long>read(snapshot -> snapshot.events().lastSequence()))
                .isEqualTo(6);
    }

    @Test
    void a_unit_may_record_what_another_origin_has_caused() {
        fixture.change(unit -> {
            unit.record(new Fact(EventType.NET_PEERING_EXPIRED, "pcx-00001003", Set.of(), Set.of(), ""), Origin.TIME);
            return unit;
        });
        List<Event> newest = fixture.read(snapshot -> snapshot.events().after(4, 10));

        assertThat(newest).extracting(Event::origin).containsExactly(Fixture.ORIGIN, Origin.TIME);
    }

    @Test
    void an_origin_is_kept_with_the_role_session_behind_it() {
        Origin inRole = new Origin(ALICE.value(), "request-2", Optional.of(new ActingSession(BOB, "peering", "bob@x")));
        store.change(Fixture.REGION, inRole, unit -> {
            unit.record(new Fact(EventType.NET_CHANGED, ALICES.value(), Set.of(ALICE), Set.of(ALICES), ""));
            return unit;
        });

        assertThat(fixture.read(snapshot -> snapshot.events().after(5, 10))
                        .getFirst()
                        .origin())
                .isEqualTo(inRole);
    }

    private ListAssert<Long> assertFound(EventQuery query) {
        return assertThat(fixture.read(snapshot -> snapshot.events().search(query)).stream()
                .map(Event::sequence)
                .toList());
    }

    @Test
    @Rule("L9")
    void an_accounts_events_are_those_that_name_it() {
        assertFound(EVERYTHING.naming(ALICE)).containsExactly(1L, 3L, 4L, 5L);
        assertFound(EVERYTHING.naming(BOB)).containsExactly(2L, 3L, 5L);
        assertFound(EVERYTHING.naming(new AccountId("100000000003"))).isEmpty();
    }

    @Test
    void a_resources_events_are_those_whose_subject_net_or_account_it_is() {
        assertFound(EVERYTHING.about("pcx-00001003")).containsExactly(3L, 5L);
        assertFound(EVERYTHING.about(ALICES.value())).containsExactly(1L, 3L, 4L, 5L);
        assertFound(EVERYTHING.about(BOB.value())).containsExactly(2L, 3L, 5L);
        assertFound(EVERYTHING.about("pcx-0000100")).isEmpty();
    }

    @Test
    void types_are_alternatives_and_everything_else_is_a_condition_more() {
        assertFound(EVERYTHING.ofTypes(EventType.NET_CREATED)).containsExactly(1L, 2L);
        assertFound(EVERYTHING.ofTypes(EventType.NET_PEERING_ACCEPTED, EventType.NET_CREATED))
                .containsExactly(1L, 2L, 5L);
        assertFound(EVERYTHING.about(ALICES.value()).naming(BOB)).containsExactly(3L, 5L);
        assertFound(EVERYTHING
                        .about(ALICES.value())
                        .naming(BOB)
                        .ofTypes(EventType.NET_PEERING_ACCEPTED, EventType.NET_CREATED))
                .containsExactly(5L);
    }

    @Test
    void pages_are_cut_by_number_from_either_end() {
        assertFound(EVERYTHING.between(2, 5)).containsExactly(3L, 4L);
        assertFound(EVERYTHING.naming(ALICE).between(1, 5)).containsExactly(3L, 4L);
        assertFound(EventQuery.everything(2)).containsExactly(1L, 2L);
        assertFound(EventQuery.everything(2).newestFirst()).containsExactly(5L, 4L);
        assertFound(EventQuery.everything(2).newestFirst().between(0, 4)).containsExactly(3L, 2L);
        assertFound(EventQuery.everything(2).newestFirst().naming(BOB)).containsExactly(5L, 3L);
        assertFound(EventQuery.everything(2).newestFirst().ofTypes(EventType.NET_CREATED, EventType.ROUTE_CREATED))
                .containsExactly(4L, 2L);
    }

    @Test
    void a_time_includes_the_event_that_it_begins_with_and_not_the_one_that_it_ends_with() {
        var start = TestClock.START;
        assertFound(EVERYTHING.during(start.plusSeconds(1), start.plusSeconds(3)))
                .containsExactly(2L, 3L);
        assertFound(EVERYTHING.during(start.plusMillis(1), start.plusMillis(3001)))
                .containsExactly(2L, 3L, 4L);
        assertFound(EVERYTHING.during(start.minusSeconds(9), start.plusSeconds(9)))
                .containsExactly(1L, 2L, 3L, 4L, 5L);
        assertFound(EVERYTHING.during(start.plusSeconds(5), start.plusSeconds(9)))
                .isEmpty();
        assertFound(EVERYTHING.during(start.plusSeconds(3), start.plusSeconds(1)))
                .isEmpty();
        assertFound(EVERYTHING.naming(BOB).during(start.plusSeconds(2), start.plusSeconds(4)))
                .containsExactly(3L);
    }

    @Test
    void an_event_comes_back_whole_and_a_region_shows_only_its_own() {
        assertList(snapshot -> snapshot.events().search(EVERYTHING.about("rtb-00001004")))
                .isEqualTo(fixture.read(snapshot -> snapshot.events().after(3, 1)));
        assertList(elsewhere, snapshot -> snapshot.events().search(EVERYTHING)).isEmpty();
        assertList(elsewhere, snapshot -> snapshot.events().search(EVERYTHING.naming(ALICE)))
                .isEmpty();
    }

    @Test
    void every_way_of_asking_answers_what_a_look_at_each_event_would() {
        List<Event> all = fixture.read(snapshot -> snapshot.events().search(EVERYTHING));
        IntStream.range(0, 64).forEach(choice -> {
            EventQuery query = drawn(choice);
            assertFound(query)
                    .as("choice %d", choice)
                    .containsExactlyInAnyOrderElementsOf(all.stream()
                            .filter(query::matches)
                            .map(Event::sequence)
                            .toList());
        });
    }

    /** Each bit of the choice is a condition that is there or not. */
    private static EventQuery drawn(int choice) {
        EventQuery query = EVERYTHING;
        query = (choice & 1) == 0 ? query : query.naming(ALICE);
        query = (choice & 2) == 0 ? query : query.about(BOBS.value());
        query = (choice & 4) == 0 ? query : query.ofTypes(EventType.NET_PEERING_REQUESTED, EventType.ROUTE_CREATED);
        query = (choice & 8) == 0 ? query : query.between(1, 5);
        query = (choice & 16) == 0
                ? query
                : query.during(TestClock.START.plusSeconds(2), TestClock.START.plusSeconds(4));
        return (choice & 32) == 0 ? query : query.newestFirst();
    }
}
