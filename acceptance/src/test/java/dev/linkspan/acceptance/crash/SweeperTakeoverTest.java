package dev.linkspan.acceptance.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.acceptance.Account;
import dev.linkspan.acceptance.LinkspanServer;
import dev.linkspan.core.Rule;
import dev.linkspan.core.event.EventType;
import dev.linkspan.server.store.PostgresServer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** One of the servers that share a database records what time does; when it dies, another one does. */
class SweeperTakeoverTest {

    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final String SWEEPER = "sweeper";

    @Test
    @Rule({"T2", "L9"})
    void what_expires_when_the_server_that_sweeps_is_killed_is_recorded_by_the_other_one() throws Exception {
        String url = PostgresServer.shared().freshDatabase();
        Database database = new Database(url);
        try (LinkspanServer first = LinkspanServer.with("--store", url, "--peering-requires-vm", "false")
                        .open();
                LinkspanServer second = first.openTwin()) {
            takeOver(first, second);
            first.open();
            String holder = database.leaseHolder(SWEEPER);

            Duration taken = takeOver(second, first);

            assertThat(database.leaseHolder(SWEEPER)).isNotEqualTo(holder);
            System.out.printf(Locale.ROOT, "take-over: the other server swept after %,d ms%n", taken.toMillis());
        }
    }

    /** How long after the death of one server the other one has recorded what has expired since. */
    private static Duration takeOver(LinkspanServer victim, LinkspanServer other) {
        Account account = other.account();
        String peering = account.requestPeering(account.net("10.0.0.0/16"), account.net("10.1.0.0/16"), account)
                .text("NetPeering", "NetPeeringId");
        victim.kill();
        long killed = System.nanoTime();
        other.advance("P7D");
        List<JsonNode> recorded = List.of();
        while (recorded.isEmpty()) {
            assertThat(Duration.ofNanos(System.nanoTime() - killed))
                    .as("since the server that swept was killed")
                    .isLessThan(LONGEST);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            recorded = other
                    .operator()
                    .ask(
                            "ReadEvents",
                            "RegionName",
                            LinkspanServer.REGION,
                            "Resource",
                            peering,
                            "Types",
                            List.of(EventType.NET_PEERING_EXPIRED.name()))
                    .list("Events")
                    .stream()
                    .toList();
        }
        Duration taken = Duration.ofNanos(System.nanoTime() - killed);
        assertThat(recorded)
                .hasSize(1)
                .allSatisfy(event -> assertThat(event.path("Actor").asString()).isEqualTo("clock"));
        return taken;
    }
}
