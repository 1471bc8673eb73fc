package dev.linkspan.server.api.own;

import static dev.linkspan.core.refusal.Refused.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.event.EventType;
import dev.linkspan.core.event.Fact;
import dev.linkspan.core.event.Origin;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.operation.Accounts;
import dev.linkspan.core.operation.CountingCredentials;
import dev.linkspan.core.operation.NetPeerings;
import dev.linkspan.core.operation.Sessions;
import dev.linkspan.core.peering.PeeringRules;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.InMemoryStore;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.server.api.Caller;
import dev.linkspan.server.api.call.Asker;
import dev.linkspan.server.api.call.Invocation;
import dev.linkspan.server.api.call.Operation;
import dev.linkspan.server.api.call.ReadTurns;
import dev.linkspan.server.api.json.StrictJson;
import dev.linkspan.server.api.own.PeeringRequestCalls.ReadPeeringRequestsRequest;
import dev.linkspan.server.api.session.PasswordHashes;
import dev.linkspan.server.api.session.PasswordSignIn;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What an account reads by Linkspan's own calls waits for its turn like everything else that it reads. */
class ReadingInTurnTest {

    private final InMemoryStore store = new InMemoryStore();
    private final Fixture fixture = new Fixture(store);
    private final ReadTurns turns = new ReadTurns(Duration.ofMillis(100));
    private final Accounts accounts = new Accounts(new CountingCredentials());
    private final Caller ann = caller();
    private final Caller bob = caller();
    private final EventCalls events = new EventCalls(store, List.of(Fixture.REGION), turns);
    private final PeeringRequestCalls requests =
            new PeeringRequestCalls(store, new NetPeerings(PeeringRules.STANDARD), turns);
    private final PasswordHashes hashes = new PasswordHashes();
    private final OwnAccountCalls ownAccount = new OwnAccountCalls(
            store,
            Fixture.REGION,
            accounts,
            hashes,
            new PasswordSignIn(store, Fixture.REGION, new Sessions(false), hashes),
            InstantSource.system(),
            turns);

    private Caller caller() {
        AccountId id =
                fixture.change(unit -> accounts.create(unit, Optional.empty())).id();
        return new Caller(id, Fixture.REGION);
    }

    @Test
    void it_waits_while_the_account_has_all_of_its_turns() throws InterruptedException {
        whileReading(ann, () -> {
            assertRefused(RefusalCode.THROTTLED, () -> ownAccount.read(ann));
            assertRefused(RefusalCode.THROTTLED, () -> requests.read(ann, new ReadPeeringRequestsRequest(List.of())));
            assertRefused(RefusalCode.THROTTLED, () -> read(new Asker.Tenant(ann), "{}"));

            assertThat(ownAccount.read(bob)).isNotNull();
            assertThat(requests.read(bob, new ReadPeeringRequestsRequest(List.of())))
                    .isNotNull();
            assertThat(read(new Asker.Tenant(bob), "{}")).isNotNull();
            assertThat(read(new Asker.Operator(), "{}")).isNotNull();
        });
        // Whose reads have taken long pauses beside others, for longer than it is waited for here.
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!reads(ann)) {
            assertThat(System.nanoTime()).isLessThan(end);
        }
    }

    private boolean reads(Caller caller) {
        try {
            return ownAccount.read(caller) != null;
        } catch (Refusal pausing) {
            return false;
        }
    }

    @Test
    void whoever_waits_for_events_has_no_turn_meanwhile() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < ReadTurns.AT_ONCE; i++) {
                threads.execute(() -> read(new Asker.Tenant(ann), "{\"AfterSequence\":1000,\"WaitSeconds\":1}"));
            }
            long end = System.nanoTime() + Duration.ofMillis(700).toNanos();
            while (System.nanoTime() < end) {
                assertThat(ownAccount.read(ann)).isNotNull();
            }
        }
    }

    @Test
    void how_far_the_log_goes_for_others_is_not_told() {
        record(ann);
        long own = read(new Asker.Tenant(ann), "{}").path("LastSequence").asLong();
        for (int i = 0; i < 7; i++) {
            record(bob);
        }

        JsonNode page = read(new Asker.Tenant(ann), "{}");

        assertThat(page.path("LastSequence").asLong()).isEqualTo(own);
        assertThat(read(new Asker.Operator(), "{}").path("LastSequence").asLong())
                .isEqualTo(own + 7);
        String waiting = "{\"AfterSequence\":%d,\"WaitSeconds\":1}".formatted(own);
        assertThat(read(new Asker.Tenant(ann), waiting).path("LastSequence").asLong())
                .isEqualTo(own);
    }

    private void record(Caller by) {
        store.change(Fixture.REGION, new Origin(by.account().value(), "r"), unit -> {
            unit.record(new Fact(EventType.NET_CHANGED, "vpc-00001001", Set.of(by.account()), Set.of(), ""));
            return by;
        });
    }

    private JsonNode read(Asker asker, String arguments) {
        return read(events.operation(), asker, arguments);
    }

    private static <Q extends Record> JsonNode read(Operation.Own<Q> operation, Asker asker, String arguments) {
        Q request = StrictJson.bind(StrictJson.parse(arguments.getBytes(StandardCharsets.UTF_8)), operation.request());
        return StrictJson.tree(
                operation.handler().handle(new Invocation(asker, "127.0.0.1", new Origin("test", "r")), request));
    }

    /** Does it while as many reads of the account are under way as may be. */
    private void whileReading(Caller whose, Runnable meanwhile) throws InterruptedException {
        int most = ReadTurns.AT_ONCE / 2;
        CountDownLatch begun = new CountDownLatch(most);
        CountDownLatch done = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < most; i++) {
                threads.execute(() -> turns.taking(whose.account(), () -> {
                    begun.countDown();
                    awaitQuietly(done);
                    return true;
                }));
            }
            begun.await();
            try {
                meanwhile.run();
            } finally {
                done.countDown();
            }
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
