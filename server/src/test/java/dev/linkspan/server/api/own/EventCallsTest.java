package dev.linkspan.server.api.own;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.linkspan.core.Rule;
import dev.linkspan.core.event.ActingSession;
import dev.linkspan.core.event.EventType;
import dev.linkspan.core.event.Fact;
import dev.linkspan.core.event.Origin;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.InMemoryStore;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.server.api.Caller;
import dev.linkspan.server.api.call.Asker;
import dev.linkspan.server.api.call.Invocation;
import dev.linkspan.server.api.call.Operation;
import dev.linkspan.server.api.call.ReadTurns;
import dev.linkspan.server.api.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

final class EventCallsTest {

    private static final Origin ORIGIN = new Origin(Origin.OPERATOR, "r");
    private static final AccountId ALICE = new AccountId("100000000001");
    private static final NetId ALICES = NetId.KIND.of(0x1001);

    private final InMemoryStore store = new InMemoryStore();
    private final EventCalls calls =
            new EventCalls(store, List.of(Fixture.REGION, Fixture.OTHER_REGION), new ReadTurns());

    private JsonNode read(String arguments) {
        return read(new Asker.Operator(), arguments);
    }

    private JsonNode read(Asker asker, String arguments) {
        return read(calls.operation(), asker, arguments.replace('\'', '"'));
    }

    private static <Q extends Record> JsonNode read(Operation.Own<Q> operation, Asker asker, String arguments) {
        Q request = StrictJson.bind(StrictJson.parse(arguments.getBytes(StandardCharsets.UTF_8)), operation.request());
        return StrictJson.tree(operation.handler().handle(new Invocation(asker, "127.0.0.1", ORIGIN), request));
    }

    private void record(EventType type, String subject) {
        store.change(Fixture.REGION, new Origin(ALICE.value(), "request-1"), unit -> {
            unit.record(new Fact(type, subject, Set.of(ALICE), Set.of(ALICES), "what happened"));
            return subject;
        });
    }

    private void record(int events) {
        LongStream.rangeClosed(1, events).forEach(number -> record(EventType.NET_CHANGED, "n" + number));
    }

    private static List<Long> sequences(JsonNode page) {
        return page.path("Events")
                .valueStream()
                .map(event -> event.path("Sequence").asLong())
                .toList();
    }

    @Test
    @Rule("L9")
    void an_event_is_shown_with_all_that_is_known_about_it() {
        record(EventType.NET_CREATED, ALICES.value());

        JsonNode page = read("{}");

        assertThat(page.path("Events")).hasSize(1);
        assertThat(page.path("Events").path(0).toString())
                .isEqualTo("{'Accounts':['100000000001'],'Actor':'100000000001','Detail':'what happened',"
                                .replace('\'', '"')
                        + "'Nets':['vpc-00001001'],'Region':'%s','RequestId':'request-1','Sequence':1,"
                                .formatted(Fixture.REGION)
                                .replace('\'', '"')
                        + "'Subject':'vpc-00001001','Time':'%s','Type':'NET_CREATED'}"
                                .formatted(store.now())
                                .replace('\'', '"'));
        assertThat(page.path("LastSequence").asLong()).isEqualTo(1);
    }

    @Test
    @Rule("A4")
    void the_role_session_behind_an_event_is_told_to_its_actor_and_the_operator_alone() {
        AccountId bob = new AccountId("100000000002");
        Origin inRole = new Origin(ALICE.value(), "request-1", Optional.of(new ActingSession(bob, "peering", "bob")));
        store.change(Fixture.REGION, inRole, unit -> {
            unit.record(new Fact(EventType.NET_PEERING_ACCEPTED, "pcx-00001002", Set.of(ALICE, bob), Set.of(), ""));
            return unit;
        });

        String session = "{\"AccountId\":\"100000000002\",\"RoleName\":\"peering\",\"SessionName\":\"bob\"}";
        assertThat(sessionIn(read("{}"))).isEqualTo(session);
        assertThat(sessionIn(read(new Asker.Tenant(new Caller(ALICE, Fixture.REGION)), "{}")))
                .isEqualTo(session);
        assertThat(sessionIn(read(new Asker.Tenant(new Caller(bob, Fixture.REGION)), "{}")))
                .isEmpty();
    }

    private static String sessionIn(JsonNode page) {
        JsonNode session = page.path("Events").path(0).path("Session");
        return session.isMissingNode() ? "" : session.toString();
    }

    @Test
    void pages_follow_one_another_from_either_end_without_a_gap() {
        record(5);

        JsonNode first = read("{'ResultsPerPage':2}");
        assertThat(sequences(first)).containsExactly(1L, 2L);
        assertThat(first.path("HasMore").asBoolean()).isTrue();
        assertThat(sequences(read("{'ResultsPerPage':2,'AfterSequence':2}"))).containsExactly(3L, 4L);
        JsonNode last = read("{'ResultsPerPage':2,'AfterSequence':4}");
        assertThat(sequences(last)).containsExactly(5L);
        assertThat(last.path("HasMore").asBoolean()).isFalse();

        assertThat(sequences(read("{'ResultsPerPage':2,'Order':'NewestFirst'}")))
                .containsExactly(5L, 4L);
        assertThat(sequences(read("{'ResultsPerPage':2,'Order':'NewestFirst','BeforeSequence':4}")))
                .containsExactly(3L, 2L);
    }

    @Test
    void filters_are_conditions_that_all_hold() {
        record(EventType.NET_CREATED, ALICES.value());
        record(EventType.ROUTE_CREATED, "rtb-00001001");

        assertThat(sequences(read("{'Types':['ROUTE_CREATED','ROUTE_DELETED']}")))
                .containsExactly(2L);
        assertThat(sequences(read("{'Resource':'vpc-00001001'}"))).containsExactly(1L, 2L);
        assertThat(sequences(read("{'Resource':'rtb-00001001','AccountId':'100000000001'}")))
                .containsExactly(2L);
        assertThat(sequences(read("{'AccountId':'100000000002'}"))).isEmpty();
        assertThat(sequences(read("{'RegionName':'%s'}".formatted(Fixture.OTHER_REGION))))
                .isEmpty();
        assertThat(sequences(read("{'Since':'%s'}".formatted(store.now().plusMillis(1)))))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'ResultsPerPage':1001} | 1 to 1000",
                "{'ResultsPerPage':0} | 1 to 1000",
                "{'WaitSeconds':31} | 0 to 30",
                "{'AfterSequence':-1} | from 0 on",
                "{'Order':'Backwards'} | OldestFirst, NewestFirst",
                "{'Order':'NewestFirst','WaitSeconds':1} | cannot be combined",
                "{'RegionName':'mars-1'} | this server's Regions are",
                "{'Types':['NET_PAINTED']} | one of ACCOUNT_CREATED",
                "{'AccountId':'me'} | 12 digits",
                "{'Since':'yesterday'} | a date such as",
                "{'Limit':5} | unknown",
            })
    void what_cannot_be_is_refused_and_says_what_could(String arguments, String said) {
        assertThatThrownBy(() -> read(arguments)).isInstanceOf(Refusal.class).hasMessageContaining(said);
    }

    @Test
    @Rule("A4")
    void an_account_reads_its_own_events_and_no_others() {
        AccountId bob = new AccountId("100000000002");
        record(EventType.NET_CREATED, ALICES.value());
        store.change(Fixture.REGION, new Origin(bob.value(), "request-2"), unit -> {
            unit.record(new Fact(EventType.NET_CREATED, "vpc-00002002", Set.of(bob), Set.of(), "his"));
            unit.record(new Fact(EventType.NET_PEERING_ACCEPTED, "pcx-00001003", Set.of(ALICE, bob), Set.of(), "both"));
            return bob;
        });
        Asker alice = new Asker.Tenant(new Caller(ALICE, Fixture.REGION));

        assertThat(sequences(read(alice, "{}"))).containsExactly(1L, 3L);
        assertThat(sequences(read(alice, "{'Resource':'vpc-00002002'}"))).isEmpty();
        assertThat(sequences(read(alice, "{'Resource':'100000000002'}"))).containsExactly(3L);
        assertThat(read(alice, "{}").toString()).contains("request-1").doesNotContain("request-2");
        assertThatThrownBy(() -> read(alice, "{'AccountId':'100000000002'}"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("its own events");
        assertThat(sequences(read(new Asker.Tenant(new Caller(ALICE, Fixture.OTHER_REGION)), "{}")))
                .isEmpty();
    }

    @Test
    void a_wait_ends_with_the_event_that_matches_and_not_with_another() throws Exception {
        record(2);
        CompletableFuture<JsonNode> waiting = CompletableFuture.supplyAsync(
                () -> read("{'AfterSequence':2,'Resource':'rtb-00001001','WaitSeconds':30}"));
        record(2);
        record(EventType.ROUTE_CREATED, "rtb-00001001");

        assertThat(sequences(waiting.get(20, TimeUnit.SECONDS))).containsExactly(5L);
    }

    @Test
    void a_wait_in_vain_ends_when_its_time_is_up_and_says_how_far_it_saw() {
        record(2);
        long start = System.nanoTime();

        JsonNode page = read("{'AfterSequence':2,'WaitSeconds':1}");

        assertThat(page.path("Events")).isEmpty();
        assertThat(page.path("LastSequence").asLong()).isEqualTo(2);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void a_server_that_stops_keeps_nobody_waiting() throws Exception {
        CompletableFuture<JsonNode> waiting = CompletableFuture.supplyAsync(() -> read("{'WaitSeconds':30}"));

        calls.stopWaiting();

        assertThat(waiting.get(20, TimeUnit.SECONDS).path("Events")).isEmpty();
    }
}
