package dev.linkspan.server.network.ovsdb;

import static dev.linkspan.server.network.ovsdb.TestDatabase.BOX;
import static dev.linkspan.server.network.ovsdb.TestDatabase.THING;
import static dev.linkspan.server.network.ovsdb.TestDatabase.box;
import static dev.linkspan.server.network.ovsdb.TestDatabase.boxes;
import static dev.linkspan.server.network.ovsdb.TestDatabase.noBox;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.linkspan.server.network.ovsdb.OvsdbError.Kind;
import dev.linkspan.server.network.ovsdb.OvsdbSettings.Limits;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client against a real server that is alone. */
class OvsdbClientTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @TempDir
    private Path folder;

    private Programs programs;
    private OvsdbServer server;
    private OvsdbClient client;

    @BeforeEach
    void start() throws IOException {
        Programs.assumeInstalled("ovsdb-server", "ovsdb-tool");
        programs = new Programs(folder);
        server = OvsdbServer.standalone(programs, folder, "alone", TestDatabase.schema(folder));
        client = OvsdbClient.open(TestDatabase.settings(server.endpoint()));
    }

    @AfterEach
    void stop() {
        if (client != null) {
            client.close();
        }
        if (programs != null) {
            programs.close();
        }
    }

    @Test
    void what_was_written_is_in_the_copy_when_the_answer_is_there() {
        Row row = new Row(Map.of(
                "name", Value.text("first"),
                "labels", Value.pairs(Map.of("owner", "me", "colour", "red")),
                "marks", Value.texts(List.of("a", "b")),
                "things", Value.rows(new Atom.Inserted("thing"))));
        List<OperationResult> results = client.transact(List.of(
                new Operation.Insert(THING, Optional.of("thing"), Row.of("note", Value.text("n"))),
                new Operation.Insert(BOX, Optional.empty(), row),
                new Operation.Comment("a test")));
        UUID thing = results.getFirst().inserted().orElseThrow();
        UUID id = results.get(1).inserted().orElseThrow();

        Row written = row(id);
        assertThat(written.get("things")).isEqualTo(Value.ids(List.of(thing)));
        assertThat(written.get("labels")).isEqualTo(Value.pairs(Map.of("owner", "me", "colour", "red")));
        assertThat(written.get("size")).isEqualTo(Value.whole(0));
        assertThat(written.get("open")).isEqualTo(Value.empty());
        List<Tables.Entry> mine = client.tables().read(view -> view.indexed("me"));
        assertThat(mine).containsExactly(new Tables.Entry(BOX, id, written));
    }

    @Test
    void changes_of_every_kind_are_followed() {
        UUID id = client.transact(List.of(box("first"))).getFirst().inserted().orElseThrow();
        List<Condition> where = List.of(Condition.isRow(id));
        client.transact(List.of(
                new Operation.Update(BOX, where, new Row(Map.of("open", Value.flag(false), "size", Value.whole(4)))),
                new Operation.Mutate(
                        BOX,
                        where,
                        List.of(
                                Mutation.add("size", 3),
                                Mutation.insert("marks", Value.texts(List.of("a", "b", "c"))),
                                Mutation.insert("labels", Value.pairs(Map.of("owner", "me", "k", "v")))))));
        client.transact(List.of(new Operation.Mutate(
                BOX,
                where,
                List.of(
                        Mutation.delete("marks", Value.texts(List.of("b"))),
                        Mutation.delete("labels", Value.texts(List.of("k")))))));

        Row row = row(id);
        assertThat(row.whole("size")).contains(7L);
        assertThat(row.get("open")).isEqualTo(Value.flag(false));
        assertThat(row.get("marks")).isEqualTo(Value.texts(List.of("a", "c")));
        assertThat(row.get("labels")).isEqualTo(Value.pairs(Map.of("owner", "me")));
        assertThat(client.transact(List.of(new Operation.Select(BOX, where, List.of("size"))))
                        .getFirst()
                        .rows())
                .containsExactly(Row.of("size", Value.whole(7)));

        client.transact(List.of(new Operation.Update(BOX, where, Row.of("open", Value.empty()))));
        assertThat(row(id).get("open")).isEqualTo(Value.empty());
        assertThat(client.transact(List.of(new Operation.Delete(BOX, where)))
                        .getFirst()
                        .count())
                .isEqualTo(1);
        assertThat(boxes(client)).isEmpty();
        Set<String> owners = client.tables().read(Tables.View::keys);
        assertThat(owners).isEmpty();
    }

    private Row row(UUID id) {
        return client.tables().read(view -> view.rows(BOX).getOrDefault(id, Row.NONE));
    }

    @Test
    void a_refusal_says_why_and_changes_nothing() {
        client.transact(List.of(box("first")));

        assertRefused(Kind.NOT_AS_AWAITED, noBox("first"), box("second"));
        assertRefused(Kind.CONSTRAINT_VIOLATION, box("second"), box("first"));
        assertRefused(Kind.NOT_OWNER, new Operation.Assert("nobodys"), box("second"));
        assertRefused(
                Kind.CONSTRAINT_VIOLATION,
                box("second"),
                new Operation.Update(BOX, List.of(), Row.of("size", Value.whole(-1))));
        assertRefused(
                Kind.REFERENTIAL_INTEGRITY_VIOLATION,
                box("second"),
                new Operation.Update(BOX, List.of(), Row.of("things", Value.ids(List.of(new UUID(1, 2))))));
        assertRefused(Kind.SYNTAX_ERROR, box("second"), new Operation.Delete("Nowhere", List.of()));
        assertThat(boxes(client)).containsExactly("first");
    }

    private void assertRefused(Kind kind, Operation... operations) {
        Throwable thrown = catchThrowable(() -> client.transact(List.of(operations)));
        assertThat(thrown).isInstanceOfSatisfying(OvsdbException.Refused.class, refused -> {
            assertThat(refused.error().kind()).as(refused.toString()).isEqualTo(kind);
            assertThat(refused.outcomeUnknown()).isFalse();
        });
    }

    @Test
    void a_wait_comes_true_by_somebody_else() throws InterruptedException, ExecutionException {
        Operation.Wait wait = new Operation.Wait(
                BOX, List.of(), List.of("name"), true, List.of(Row.of("name", Value.text("first"))), PATIENCE);
        client.awaitReady();
        CompletableFuture<List<OperationResult>> waiting =
                CompletableFuture.supplyAsync(() -> client.transact(List.of(wait, box("second"))));
        try (OvsdbClient other = OvsdbClient.open(TestDatabase.settings(server.endpoint()))) {
            other.transact(List.of(box("first")));
        }
        assertThat(waiting.get()).hasSize(2);
        assertThat(boxes(client)).containsExactlyInAnyOrder("first", "second");
    }

    @Test
    void a_lock_is_taken_by_whoever_comes_last() {
        OvsdbSettings settings = TestDatabase.settings(server.endpoint()).locking("mine");
        List<Operation> guarded = List.of(new Operation.Assert("mine"), box("guarded"));
        try (OvsdbClient one = OvsdbClient.open(settings)) {
            one.transact(List.of(new Operation.Assert("mine")));
            try (OvsdbClient other = OvsdbClient.open(settings)) {
                other.transact(guarded);
                assertThat(catchThrowable(() -> one.transact(guarded)))
                        .isInstanceOfSatisfying(
                                OvsdbException.Refused.class,
                                refused -> assertThat(refused.error().kind()).isEqualTo(Kind.NOT_OWNER));
            }
        }
    }

    @Test
    void a_server_that_dies_and_comes_back_is_used_again() throws InterruptedException {
        client.transact(List.of(box("before")));
        server.kill();
        server.start();
        client.transact(List.of(noBox("after"), box("after")));
        assertThat(boxes(client)).containsExactlyInAnyOrder("before", "after");
        assertThat(client.sessions()).isEqualTo(2);
    }

    @Test
    void what_others_did_while_the_connection_was_lost_is_read() throws InterruptedException {
        client.transact(List.of(box("kept"), box("deleted")));
        server.kill();
        server.start();
        try (OvsdbClient other = OvsdbClient.open(TestDatabase.settings(server.endpoint()))) {
            other.transact(List.of(
                    box("new"), new Operation.Delete(BOX, List.of(Condition.equal("name", Value.text("deleted"))))));
        }
        assertThat(client.tables().await(view -> names(view).equals(List.of("kept", "new")), PATIENCE))
                .isTrue();
    }

    private static List<String> names(Tables.View view) {
        return view.rows(BOX).values().stream()
                .map(row -> row.text("name"))
                .sorted()
                .toList();
    }

    @Test
    void a_database_that_was_made_anew_takes_the_place_of_the_copy() throws InterruptedException, IOException {
        client.transact(List.of(box("before")));
        server.startEmpty(TestDatabase.schema(folder));
        assertThat(client.tables().await(view -> names(view).isEmpty(), PATIENCE))
                .isTrue();
    }

    @Test
    void where_there_is_no_server_a_transaction_fails_in_time() {
        server.kill();
        Limits hasty = new Limits(
                Duration.ofMillis(200),
                Duration.ofMillis(300),
                Duration.ofSeconds(1),
                Duration.ofMillis(10),
                Duration.ofMillis(20),
                1 << 20);
        try (OvsdbClient hurried =
                OvsdbClient.open(TestDatabase.settings(server.endpoint()).with(hasty))) {
            assertThat(catchThrowable(() -> hurried.transact(List.of(box("never")))))
                    .isInstanceOf(OvsdbException.Unavailable.class)
                    .hasMessageContaining("alone.sock");
        }
    }

    @Test
    void a_server_that_stalls_is_given_up_and_used_again_when_it_goes_on() {
        client.transact(List.of(box("before")));
        server.hold(true);
        assertThat(catchThrowable(() -> client.transact(List.of(box("meanwhile")))))
                .isInstanceOfSatisfying(
                        OvsdbException.ConnectionLost.class,
                        lost -> assertThat(lost.outcomeUnknown()).isTrue());
        server.hold(false);
        client.transact(List.of(box("after")));
        assertThat(boxes(client)).contains("before", "after");
    }

    @Test
    void an_idle_connection_is_kept() throws InterruptedException {
        client.transact(List.of(box("before")));
        assertThat(client.tables()
                        .await(_ -> false, TestDatabase.LIMITS.silence().multipliedBy(2)))
                .isFalse();
        client.transact(List.of(box("after")));
        assertThat(client.sessions()).isEqualTo(1);
    }

    @Test
    void who_waits_is_told_when_the_client_is_closed() throws Exception {
        Operation.Wait wait = new Operation.Wait(
                BOX, List.of(), List.of("name"), true, List.of(Row.of("name", Value.text("never"))), PATIENCE);
        client.awaitReady();
        CompletableFuture<Throwable> waiting =
                CompletableFuture.supplyAsync(() -> catchThrowable(() -> client.transact(List.of(wait))));
        assertThat(client.tables().await(_ -> false, Duration.ofMillis(100))).isFalse();
        client.close();
        assertThat(waiting.get(1, TimeUnit.SECONDS)).isInstanceOf(OvsdbException.class);
        assertThat(catchThrowable(() -> client.transact(List.of(box("late")))))
                .isInstanceOf(OvsdbException.Unavailable.class)
                .hasMessageContaining("closed");
    }
}
