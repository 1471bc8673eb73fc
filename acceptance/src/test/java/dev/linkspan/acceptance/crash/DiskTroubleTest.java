package dev.linkspan.acceptance.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.linkspan.acceptance.Account;
import dev.linkspan.acceptance.LinkspanServer;
import dev.linkspan.cli.client.Answer;
import dev.linkspan.cli.process.ServerDidNotStart;
import dev.linkspan.core.Rule;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is full, read-only or failing: the server says so, damages nothing, and goes on as soon as it can. */
@Rule("L9")
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class DiskTroubleTest {

    private static final int CHANGES_BEFORE_AND_AFTER = 200;
    private static final int FAILURES = 2;
    private static final int UNAVAILABLE = 503;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    private SmallDisk disk;
    private LinkspanServer server;

    @BeforeEach
    void open() throws IOException {
        disk = SmallDisk.in(folder);
        server = LinkspanServer.on(disk.path().resolve("data"), "--clock", "system", "--peering-requires-vm", "false")
                .open();
    }

    @AfterEach
    void close() {
        if (server != null) {
            server.close();
        }
        if (disk != null) {
            disk.close();
        }
    }

    @Test
    void a_full_disk_stops_changes_and_not_reads_and_free_space_ends_it_without_a_restart() throws Exception {
        CrashRun run = new CrashRun("disk full");
        Load load = new Load(server, run.random());
        load.meet(List.of(server.url()));
        EventLog log = new EventLog(Database.sqlite(server.data()));
        Account bystander = server.account();
        String net = bystander.net("10.0.0.0/16");

        Load.Running running = load.throughDoubt(PATIENCE);
        running.awaitChanges(CHANGES_BEFORE_AND_AFTER);
        disk.fill();
        Answer refused = awaitRefusal(bystander);
        assertThat(refused.status()).isEqualTo(UNAVAILABLE);
        assertThat(refused.errorDetails()).contains("the disk that holds", "linkspan.db", "is full");
        assertThat(bystander
                        .ask("ReadNets")
                        .list("Nets")
                        .getFirst()
                        .path("NetId")
                        .asString())
                .isEqualTo(net);
        assertThat(awaitUnready(bystander).body()).contains("is full");
        disk.free();
        assertThat(ready().statusCode()).isEqualTo(HttpURLConnection.HTTP_OK);
        running.awaitChanges(CHANGES_BEFORE_AND_AFTER);
        running.stop();

        run.broken();
        run.check(load, log, Database.sqlite(server.data()));
        run.tell("times full", load);
    }

    private HttpResponse<String> ready() throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                    HttpRequest.newBuilder(server.url().resolve("/readyz")).build(), BodyHandlers.ofString());
        }
    }

    /** What the server writes to find out may find a place where a whole change did not. */
    private HttpResponse<String> awaitUnready(Account bystander) throws IOException, InterruptedException {
        HttpResponse<String> answer = ready();
        while (answer.statusCode() != UNAVAILABLE) {
            awaitRefusal(bystander);
            answer = ready();
        }
        return answer;
    }

    /** A change may still find a place in the pages that are there. */
    private static Answer awaitRefusal(Account account) {
        while (true) {
            Answer answer = account.call("CreateNet", "IpRange", "10.1.0.0/16");
            if (answer.refused()) {
                return answer;
            }
        }
    }

    @Test
    void a_server_that_is_started_on_a_full_disk_answers_what_it_can() throws Exception {
        CrashRun run = new CrashRun("start on a full disk");
        Load load = loaded(run);
        Account account = server.account();
        server.kill();
        disk.fill();

        server.open();
        Account again = server.in(LinkspanServer.REGION, account);
        assertThat(again.ask("ReadNets").list("Nets")).isEmpty();
        assertThat(awaitRefusal(again).errorDetails()).contains("is full");

        disk.free();
        assertThat(again.net("10.2.0.0/16")).isNotEmpty();
        nothingIsLost(run, load);
    }

    @Test
    void a_new_server_does_not_start_on_a_full_disk_and_says_why() throws IOException {
        disk.fill();

        try (LinkspanServer other = LinkspanServer.on(disk.path().resolve("other"))) {
            assertThatThrownBy(other::open)
                    .isInstanceOf(ServerDidNotStart.class)
                    .hasMessageContaining(other.data().toString())
                    .hasMessageContaining("No space left");
        }
    }

    @Test
    void a_server_does_not_start_on_a_read_only_disk_and_says_why() throws Exception {
        CrashRun run = new CrashRun("read-only disk");
        Load load = loaded(run);
        server.kill();
        disk.makeReadOnly();

        assertThatThrownBy(server::open)
                .isInstanceOf(ServerDidNotStart.class)
                .hasMessageContaining("Read-only file system")
                .hasMessageContaining(server.data().toString());

        disk.makeWritable();
        nothingIsLost(run, load);
    }

    /** What was not forced to the disk is lost with it, as in a power cut. */
    @Test
    void a_disk_that_fails_under_load_has_all_that_was_acknowledged_when_it_is_repaired() throws Exception {
        CrashRun run = new CrashRun("failing disk");
        Account account = server.account();
        Load load = new Load(server, run.random());
        load.meet(List.of(server.url()));
        EventLog log = new EventLog(Database.sqlite(server.data()));
        for (int failures = 0; failures < CrashRun.times(FAILURES); failures++) {
            Load.Running running = load.untilInDoubt();
            running.awaitChanges(1 + run.random().nextInt(CHANGES_BEFORE_AND_AFTER));
            disk.fail();
            running.awaitEnd();
            Answer refused = server.in(LinkspanServer.REGION, account).call("CreateNet", "IpRange", "10.0.0.0/16");
            assertThat(refused.status()).isEqualTo(UNAVAILABLE);
            assertThat(refused.errorDetails()).contains("linkspan.db", "cannot be");

            server.kill();
            disk.repair();
            server.open();
            load.meet(List.of(server.url()));
            run.broken();
            run.check(load, log, Database.sqlite(server.data()));
        }
        run.tell("failures", load);
    }

    private Load loaded(CrashRun run) throws Exception {
        Load load = new Load(server, run.random());
        load.meet(List.of(server.url()));
        Load.Running running = load.untilInDoubt();
        running.awaitChanges(CHANGES_BEFORE_AND_AFTER);
        running.stop();
        return load;
    }

    private void nothingIsLost(CrashRun run, Load load) throws Exception {
        if (!server.process().isAlive()) {
            server.open();
        }
        load.meet(List.of(server.url()));
        run.broken();
        run.check(load, new EventLog(Database.sqlite(server.data())), Database.sqlite(server.data()));
        run.tell("times", load);
    }
}
