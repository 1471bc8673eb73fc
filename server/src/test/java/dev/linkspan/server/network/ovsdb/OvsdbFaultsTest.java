package dev.linkspan.server.network.ovsdb;

import static dev.linkspan.server.network.ovsdb.TestDatabase.box;
import static dev.linkspan.server.network.ovsdb.TestDatabase.boxes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.linkspan.server.network.linux.Eventually;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The client against a server that answers what no server should. */
class OvsdbFaultsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 400 Bad Request\r\n\r\n",
                "]",
                "{\"id\":ID,\"error\":null,\"result\":[{\"uuid\":",
                "7",
                "{\"method\":\"update3\",\"params\":7}",
                "{\"method\":\"update3\",\"params\":[]}",
                "{\"method\":\"update3\",\"params\":[\"tables\",\"x\",{\"Box\":{\"no uuid\":{\"insert\":{}}}}]}",
                "{\"method\":\"update3\",\"params\":[\"tables\",\"x\",{\"Box\":7}]}",
                "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["
            })
    void nonsense_ends_the_connection_and_a_new_one_is_made(String said) throws IOException {
        try (FakeServer server = new FakeServer(said);
                OvsdbClient client = OvsdbClient.open(TestDatabase.settings(server.endpoint()))) {
            client.awaitReady();
            Throwable thrown = catchThrowable(() -> client.transact(List.of(box("never"))));
            assertThat(thrown)
                    .isInstanceOfSatisfying(
                            OvsdbException.class,
                            it -> assertThat(it.outcomeUnknown()).isTrue());
            Eventually.holds(() -> client.sessions() > 1);
            assertThat(boxes(client)).containsExactly("there");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":ID,\"error\":null,\"result\":7}",
                "{\"id\":ID,\"error\":null,\"result\":[]}",
                "{\"id\":ID,\"error\":null,\"result\":[{},{},{}]}",
                "{\"id\":ID,\"error\":null,\"result\":[{\"uuid\":[\"uuid\",\"x\"]}]}",
                "{\"id\":ID,\"error\":null}"
            })
    void an_answer_that_is_none_is_told_from_a_refusal(String said) throws IOException {
        try (FakeServer server = new FakeServer(said);
                OvsdbClient client = OvsdbClient.open(TestDatabase.settings(server.endpoint()))) {
            assertThat(catchThrowable(() -> client.transact(List.of(box("never")))))
                    .isInstanceOf(OvsdbException.Malformed.class);
        }
    }

    @Test
    void a_request_may_be_refused_whole() throws IOException {
        String said = "{\"id\":ID,\"result\":null,\"error\":{\"error\":\"unknown database\",\"details\":\"d\"}}";
        try (FakeServer server = new FakeServer(said);
                OvsdbClient client = OvsdbClient.open(TestDatabase.settings(server.endpoint()))) {
            assertThat(catchThrowable(() -> client.transact(List.of(box("never")))))
                    .isInstanceOfSatisfying(
                            OvsdbException.Refused.class,
                            refused -> assertThat(refused.error().kind()).isEqualTo(OvsdbError.Kind.UNKNOWN_DATABASE));
        }
    }

    @Test
    void a_message_without_an_end_is_not_kept() throws IOException {
        String said = FakeServer.longText(2 << 20);
        try (FakeServer server = new FakeServer(said);
                OvsdbClient client = OvsdbClient.open(TestDatabase.settings(server.endpoint()))) {
            assertThat(catchThrowable(() -> client.transact(List.of(box("never")))))
                    .isInstanceOf(OvsdbException.ConnectionLost.class)
                    .hasMessageContaining("more than 1,048,576 bytes");
        }
    }

    @Test
    void an_answer_that_does_not_come_is_not_waited_for_longer_than_said() throws IOException {
        OvsdbSettings.Limits hasty = new OvsdbSettings.Limits(
                TestDatabase.LIMITS.connecting(),
                Duration.ofMillis(200),
                TestDatabase.LIMITS.silence(),
                TestDatabase.LIMITS.firstPause(),
                TestDatabase.LIMITS.longestPause(),
                TestDatabase.LIMITS.longestMessage());
        try (FakeServer server = new FakeServer(" ");
                OvsdbClient client = OvsdbClient.open(
                        TestDatabase.settings(server.endpoint()).with(hasty))) {
            client.awaitReady();
            assertThat(catchThrowable(() -> client.transact(List.of(box("never")))))
                    .isInstanceOf(OvsdbException.NoAnswer.class);
        }
    }

    @Test
    void a_modified_row_that_is_not_there_makes_everything_be_read_again() throws IOException {
        String said = "{\"id\":null,\"method\":\"update3\",\"params\":[\"tables\","
                + "\"00000000-0000-0000-0000-000000000002\",{\"Box\":"
                + "{\"00000000-0000-0000-0000-00000000000b\":{\"modify\":{\"name\":\"changed\"}}}}]}";
        try (FakeServer server = new FakeServer(said);
                OvsdbClient client = OvsdbClient.open(TestDatabase.settings(server.endpoint()))) {
            assertThat(catchThrowable(() -> client.transact(List.of(box("never")))))
                    .isInstanceOf(OvsdbException.ConnectionLost.class);
            Eventually.holds(() -> client.sessions() > 1);
            assertThat(boxes(client)).containsExactly("there");
        }
    }

    @Test
    void the_servers_question_whether_it_is_there_is_answered() throws IOException {
        try (FakeServer server = new FakeServer("{\"id\":\"ping\",\"method\":\"echo\",\"params\":[]}");
                OvsdbClient client = OvsdbClient.open(
                        TestDatabase.settings(server.endpoint()).with(TestDatabase.LIMITS))) {
            client.awaitReady();
            Thread asking = Thread.ofPlatform().start(() -> transactInVain(client));
            Eventually.holds(() -> server.heard().contains("answer to \"ping\""));
            assertThat(asking.isAlive()).isTrue();
        }
    }

    /** Until the client is closed. */
    private static void transactInVain(OvsdbClient client) {
        try {
            client.transact(List.of(box("never")));
        } catch (OvsdbException closed) {
            assertThat(closed).isInstanceOf(OvsdbException.ConnectionLost.class);
        }
    }
}
