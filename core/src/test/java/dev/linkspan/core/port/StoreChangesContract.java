package dev.linkspan.core.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.linkspan.core.Rule;
import dev.linkspan.core.event.Event;
import dev.linkspan.core.event.EventType;
import dev.linkspan.core.event.Fact;
import dev.linkspan.core.event.Origin;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.DhcpOptionsSetId;
import dev.linkspan.core.id.IdKind;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.ResourceId;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.core.tag.Tag;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Changes: whole or not at all, one after another, in time that never runs backwards, each told in the event log. */
public abstract class StoreChangesContract extends StoreContract {

    private static final Duration LONG = Duration.ofSeconds(20);

    private static Fact fact(String subject) {
        return new Fact(EventType.NET_CHANGED, subject, Set.of(), Set.of(), "");
    }

    private void record(String subject) {
        fixture.change(unit -> {
            unit.record(fact(subject));
            return subject;
        });
    }

    private List<Event> events() {
        return fixture.read(snapshot -> snapshot.events().after(0, Integer.MAX_VALUE));
    }

    @Test
    void what_a_change_answers_and_what_it_wrote_are_there_afterwards() {
        AccountId account = fixture.account();
        String answer = fixture.change(unit -> "answer");

        assertThat(answer).isEqualTo("answer");
        assertOne(snapshot -> snapshot.accounts().find(account)).isPresent();
    }

    @Test
    void a_change_reads_what_it_wrote() {
        AccountId account = fixture.account();
        Net net = fixture.bareNet(account, "10.0.0.0/16");

        Net read = fixture.change(unit -> {
            unit.nets().save(net.withDhcpOptions(DhcpOptionsSetId.KIND.of(2)));
            return unit.nets().find(net.id()).orElseThrow();
        });

        assertThat(read.dhcpOptions()).isEqualTo(DhcpOptionsSetId.KIND.of(2));
    }

    @Test
    void nothing_remains_of_a_change_that_throws_and_its_caller_gets_what_it_threw() {
        AccountId account = fixture.account();
        Net net = fixture.bareNet(account, "10.0.0.0/16");
        Refusal refusal = new Refusal(RefusalCode.CONFLICT, "no");

        assertThatThrownBy(() -> fixture.change(unit -> {
                    unit.nets().save(net.withDhcpOptions(DhcpOptionsSetId.KIND.of(2)));
                    unit.tags().save(new Tag(net.id(), account, "colour", "red"));
                    unit.record(fact("lost"));
                    throw refusal;
                }))
                .isSameAs(refusal);

        assertOne(snapshot -> snapshot.nets().find(net.id())).contains(net);
        assertList(snapshot -> snapshot.tags().ofOwner(account)).isEmpty();
        assertThat(events()).isEmpty();
    }

    @Test
    void a_rehearsal_makes_so_much_and_no_more() {
        AccountId account = fixture.account();

        assertThatThrownBy(() -> fixture.rehearse(unit -> {
                    for (int i = 0; i <= 10_000; i++) {
                        unit.tags().save(new Tag(NetId.KIND.of(i), account, "colour", "red"));
                    }
                    return account;
                }))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("10000 things");
    }

    @Test
    void a_rehearsal_answers_like_a_change_and_leaves_nothing() {
        AccountId account = fixture.account();
        Net net = fixture.bareNet(account, "10.0.0.0/16");

        String answer = fixture.rehearse(unit -> {
            unit.nets().delete(net.id());
            unit.record(fact("rehearsed"));
            return unit.nets().find(net.id()).isEmpty() ? "gone" : "there";
        });

        assertThat(answer).isEqualTo("gone");
        assertOne(snapshot -> snapshot.nets().find(net.id())).contains(net);
        assertThat(events()).isEmpty();
    }

    @Test
    void a_rehearsal_that_throws_throws() {
        assertThatThrownBy(() -> fixture.rehearse(unit -> {
                    throw new Refusal(RefusalCode.CONFLICT, "no");
                }))
                .isInstanceOf(Refusal.class);
    }

    @Test
    @Rule("L10")
    void concurrent_changes_are_serial() throws Exception {
        AccountId account = fixture.account();
        Net net = fixture.bareNet(account, "10.0.0.0/16");
        int threads = 16;
        int each = 20;

        concurrently(threads, () -> {
            for (int i = 0; i < each; i++) {
                fixture.change(unit -> countUp(unit, account, net.id()));
            }
            return true;
        });

        assertThat(count(fixture.read(snapshot -> snapshot.tags().ofOwner(account))))
                .isEqualTo(threads * each);
    }

    private static int countUp(UnitOfWork unit, AccountId account, NetId net) {
        int next = count(unit.tags().ofOwner(account)) + 1;
        unit.tags().save(new Tag(net, account, "count", Integer.toString(next)));
        unit.record(fact("counted"));
        return next;
    }

    private static int count(List<Tag> tags) {
        return tags.isEmpty() ? 0 : Integer.parseInt(tags.getFirst().value());
    }

    @Test
    void a_change_that_fails_takes_none_of_its_neighbours_with_it() throws Exception {
        AccountId account = fixture.account();
        Net net = fixture.bareNet(account, "10.0.0.0/16");

        List<Boolean> kept = concurrently(16, () -> {
            boolean fails = Thread.currentThread().threadId() % 3 == 0;
            try {
                fixture.change(unit -> {
                    countUp(unit, account, net.id());
                    if (fails) {
                        throw new IllegalArgumentException("on purpose");
                    }
                    return true;
                });
                return true;
            } catch (IllegalArgumentException onPurpose) {
                return false;
            }
        });

        long succeeded = kept.stream().filter(it -> it).count();
        assertThat(succeeded).isBetween(1L, 15L);
        assertThat(count(fixture.read(snapshot -> snapshot.tags().ofOwner(account))))
                .isEqualTo((int) succeeded);
        assertThat(events()).hasSize((int) succeeded);
    }

    @Test
    void a_reader_sees_one_instant_whatever_is_changed_meanwhile() {
        AccountId account = fixture.account();

        List<Integer> counts = fixture.read(snapshot -> {
            int before = snapshot.nets().ofOwner(account).size();
            fixture.bareNet(account, "10.0.0.0/16");
            return List.of(before, snapshot.nets().ofOwner(account).size());
        });

        assertThat(counts).containsExactly(0, 0);
        assertList(snapshot -> snapshot.nets().ofOwner(account)).hasSize(1);
    }

    @Test
    @Rule("L9")
    void events_are_numbered_without_gaps_in_each_region() throws Exception {
        concurrently(8, () -> {
            for (int i = 0; i < 10; i++) {
                Fixture where = i % 2 == 0 ? fixture : elsewhere;
                where.change(unit -> {
                    unit.record(fact("one"));
                    unit.record(fact("two"));
                    return true;
                });
            }
            return true;
        });

        for (Fixture where : List.of(fixture, elsewhere)) {
            List<Event> events = where.read(snapshot -> snapshot.events().after(0, 1000));
            assertThat(events)
                    .extracting(Event::sequence)
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, 80).boxed().toList());
            assertThat(where.<Long>read(snapshot -> snapshot.events().lastSequence()))
                    .isEqualTo(80);
        }
    }

    @Test
    @Rule("L9")
    void an_event_says_what_when_and_by_whom() {
        AccountId one = fixture.account();
        AccountId other = fixture.account();
        NetId net = NetId.KIND.of(7);
        Fact fact = new Fact(
                EventType.NET_PEERING_ACCEPTED, "pcx-00000001", Set.of(one, other), Set.of(net), "it's \"fine\"");
        Origin origin = new Origin(Origin.OPERATOR, "request 9");
        Instant now = fixture.now();

        store.change(Fixture.REGION, origin, unit -> {
            assertThat(unit.origin()).isEqualTo(origin);
            assertThat(unit.events().lastSequence()).isZero();
            unit.record(fact);
            return unit.events().lastSequence();
        });

        assertThat(events()).containsExactly(new Event(1, Fixture.REGION, now, origin, fact));
    }

    @Test
    void events_are_read_on_from_a_number_and_a_few_at_a_time() {
        IntStream.rangeClosed(1, 5).forEach(i -> record("event " + i));

        assertList(snapshot -> snapshot.events().after(2, 2))
                .extracting(Event::sequence)
                .containsExactly(3L, 4L);
        assertList(snapshot -> snapshot.events().after(5, 2)).isEmpty();
    }

    @Test
    @Rule("T1")
    void time_is_the_clocks_in_whole_milliseconds() {
        clock.set(Instant.parse("2026-11-22T18:44:49.123456789Z"));
        Instant whole = Instant.parse("2026-11-22T18:44:49.123Z");

        assertThat(fixture.read(Snapshot::now)).isEqualTo(whole);
        assertThat(fixture.change(Snapshot::now)).isEqualTo(whole);
        clock.advance(Duration.ofMillis(1));
        assertThat(fixture.read(Snapshot::now)).isEqualTo(whole.plusMillis(1));
    }

    @Test
    @Rule("T1")
    void time_never_runs_backwards_even_when_the_clock_does() {
        record("before");
        clock.set(TestClock.START.minusSeconds(60));
        record("after");

        assertThat(events()).extracting(Event::at).containsExactly(TestClock.START, TestClock.START);
        assertThat(fixture.read(Snapshot::now)).isEqualTo(TestClock.START);
        assertThat(elsewhere.change(Snapshot::now)).isEqualTo(TestClock.START);
    }

    @Test
    void waiting_for_an_event_ends_when_there_is_one() throws Exception {
        record("first");
        assertThat(store.awaitEventAfter(Fixture.REGION, 0, Duration.ZERO)).isTrue();

        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Boolean> woken = executor.submit(() -> store.awaitEventAfter(Fixture.REGION, 1, LONG));
            record("second");
            assertThat(woken.get(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void waiting_for_an_event_ends_when_time_is_up() throws Exception {
        record("first");

        assertThat(store.awaitEventAfter(Fixture.REGION, 1, Duration.ofMillis(20)))
                .isFalse();
        assertThat(store.awaitEventAfter(Fixture.OTHER_REGION, 0, Duration.ofMillis(20)))
                .isFalse();
    }

    @Test
    void waiting_for_an_event_ends_when_the_store_is_closed() throws Exception {
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Boolean> woken = executor.submit(() -> store.awaitEventAfter(Fixture.REGION, 0, LONG));
            store.close();
            assertThat(woken.get(LONG.toSeconds(), TimeUnit.SECONDS)).isFalse();
        }
    }

    @Test
    void a_closed_store_says_so() {
        store.close();

        assertThatThrownBy(() -> record("late"))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(RefusalCode.UNAVAILABLE));
        assertThatThrownBy(() -> fixture.read(Snapshot::now)).isInstanceOf(Refusal.class);
        store.close();
    }

    @Test
    void new_ids_are_of_their_kind_and_never_twice() {
        Set<ResourceId> ids = new HashSet<>();
        fixture.change(unit -> {
            for (IdKind<? extends ResourceId> kind : ResourceId.KINDS) {
                for (int i = 0; i < 20; i++) {
                    ResourceId id = unit.newId(kind);
                    assertThat(kind.tryParse(id.value()).map(ResourceId.class::cast))
                            .contains(id);
                    ids.add(id);
                }
            }
            return ids;
        });

        assertThat(ids).hasSize(ResourceId.KINDS.size() * 20);
    }

    @Test
    @Rule("P5")
    void a_region_sees_of_another_only_the_directory() {
        AccountId account = fixture.account();
        Net here = fixture.net(account, "10.0.0.0/16");
        Net there = elsewhere.net(account, "10.1.0.0/16");

        assertThat(fixture.read(Snapshot::region)).isEqualTo(Fixture.REGION);
        assertThat(elsewhere.read(Snapshot::region)).isEqualTo(Fixture.OTHER_REGION);
        assertList(snapshot -> snapshot.nets().ofOwner(account)).containsExactly(here);
        assertThat(fixture.<List<NetId>>read(snapshot -> snapshot.nets().ids())).containsExactly(here.id());
        assertOne(snapshot -> snapshot.nets().find(there.id())).isEmpty();
        assertOne(snapshot -> snapshot.nets().findInAnyRegion(there.id())).contains(there);
        assertOne(elsewhere, snapshot -> snapshot.accounts().find(account)).isPresent();
        assertList(elsewhere, snapshot -> snapshot.routeTables().ofOwner(account))
                .hasSize(1);
        assertList(elsewhere, snapshot -> snapshot.securityGroups().ofOwner(account))
                .hasSize(1);
        assertBug(() -> fixture.change(unit -> {
            unit.nets().save(there);
            return true;
        }));
    }

    /** Runs the task that many times at once and answers what each run did. */
    private static <T> List<T> concurrently(int times, Callable<T> task)
            throws InterruptedException, ExecutionException {
        CountDownLatch ready = new CountDownLatch(times);
        List<Future<T>> futures = new ArrayList<>();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < times; i++) {
                futures.add(executor.submit(() -> {
                    ready.countDown();
                    ready.await();
                    return task.call();
                }));
            }
        }
        List<T> results = new ArrayList<>();
        for (Future<T> future : futures) {
            results.add(future.get());
        }
        return results;
    }
}
