package dev.linkspan.server.network.ovsdb;

import static dev.linkspan.server.network.ovsdb.TestDatabase.box;
import static dev.linkspan.server.network.ovsdb.TestDatabase.boxes;
import static dev.linkspan.server.network.ovsdb.TestDatabase.noBox;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client against a real cluster of three members (RAFT), whose leader is killed. */
class OvsdbClusterTest {

    private static final int WRITERS = 4;
    private static final int BEFORE = 25;
    private static final int AFTER = 25;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private Programs programs;
    private List<OvsdbServer> members;
    private OvsdbClient client;

    @BeforeEach
    void start() throws IOException {
        Programs.assumeInstalled("ovsdb-server", "ovsdb-tool");
        programs = new Programs(folder);
        OvsdbServer first = OvsdbServer.first(programs, folder, "m1", TestDatabase.schema(folder));
        try (OvsdbClient waiting = OvsdbClient.open(TestDatabase.settings(first.endpoint()))) {
            waiting.awaitReady();
        }
        members = List.of(
                first,
                OvsdbServer.joining(programs, folder, "m2", TestDatabase.NAME, "m1"),
                OvsdbServer.joining(programs, folder, "m3", TestDatabase.NAME, "m1"));
        // The members of a cluster that is not whole yet have no connection to it.
        for (OvsdbServer member : members) {
            programs.run(
                    "ovsdb-client",
                    "--no-leader-only",
                    "--timeout=15",
                    "wait",
                    member.endpoint().toString(),
                    TestDatabase.NAME,
                    "connected");
        }
        client = OvsdbClient.open(TestDatabase.settings(
                members.get(2).endpoint(),
                members.get(1).endpoint(),
                members.get(0).endpoint()));
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
    void nothing_that_was_acknowledged_is_lost_with_the_leader_and_nothing_is_made_twice() throws Exception {
        Set<String> acknowledged = ConcurrentHashMap.newKeySet();
        List<Thread> writers = IntStream.range(0, WRITERS)
                .mapToObj(writer -> Thread.ofPlatform().start(() -> {
                    for (int i = 0; i < BEFORE + AFTER; i++) {
                        write("%d-%d".formatted(writer, i), acknowledged);
                        if (writer == 0 && i == BEFORE) {
                            members.getFirst().kill();
                        }
                    }
                }))
                .toList();
        for (Thread writer : writers) {
            assertThat(writer.join(PATIENCE)).isTrue();
        }

        assertThat(acknowledged).hasSize(WRITERS * (BEFORE + AFTER));
        assertThat(boxes(client)).containsExactlyInAnyOrderElementsOf(acknowledged);
        assertThat(client.sessions()).isGreaterThan(1);
    }

    /** Until it is there: what came of a lost transaction, the next one sees. The name would be refused a second time anyhow. */
    private void write(String name, Set<String> acknowledged) {
        while (!acknowledged.contains(name)) {
            try {
                client.transact(List.of(noBox(name), box(name)));
                acknowledged.add(name);
            } catch (OvsdbException.Refused refused) {
                client.awaitReady();
                if (boxes(client).contains(name)) {
                    acknowledged.add(name);
                }
            } catch (OvsdbException failed) {
                client.awaitReady();
            }
        }
    }

    @Test
    void a_member_that_is_not_the_leader_is_not_used() {
        OvsdbSettings followers =
                TestDatabase.settings(members.get(2).endpoint(), members.get(1).endpoint());
        OvsdbSettings.Limits limits = new OvsdbSettings.Limits(
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ofSeconds(2),
                Duration.ofMillis(20),
                Duration.ofMillis(100),
                1 << 20);
        try (OvsdbClient other = OvsdbClient.open(followers.with(limits))) {
            assertThat(catchThrowable(other::awaitReady))
                    .isInstanceOf(OvsdbException.Unavailable.class)
                    .hasMessageContaining("not the leader");
        }
    }
}
