package dev.linkspan.core.operation;

import static dev.linkspan.core.refusal.Refused.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.event.Event;
import dev.linkspan.core.event.EventType;
import dev.linkspan.core.event.Origin;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.peering.NetPeering;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.refusal.RefusalCode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Who sees a peering, what is recorded of it, and what time does to it. */
class NetPeeringsOverTimeTest extends PeeringScene {

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
                String expected = "The Net peering '%s' doesn't exist.".formatted(id);
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
            List<Event> events = fixture.read(snapshot -> snapshot.events().after(0, 100));

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
        void an_expiry_is_nobodys_doing_whoevers_call_comes_across_it() {
            NetPeering asked = create(source, target);
            store.advance(Duration.ofDays(7));
            NetPeering askedBack = create(target, source);
            List<Event> events = fixture.read(snapshot -> snapshot.events().after(1, 100));

            assertThat(events)
                    .extracting(event -> event.fact().subject())
                    .containsExactly(asked.id().value(), askedBack.id().value());
            assertThat(events.getFirst().fact().type()).isEqualTo(EventType.NET_PEERING_EXPIRED);
            assertThat(events).extracting(Event::origin).containsExactly(Origin.TIME, Fixture.ORIGIN);
        }

        @Test
        void a_refused_action_leaves_none() {
            NetPeering rejected = reject(create(source, target));
            long before = fixture.read(snapshot -> snapshot.events().lastSequence());

            assertRefused(RefusalCode.INVALID_STATE, () -> accept(rejected));
            long after = fixture.read(snapshot -> snapshot.events().lastSequence());
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
            Optional<NetPeering> gone =
                    fixture.read(snapshot -> snapshot.peerings().find(asked.id()));
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
