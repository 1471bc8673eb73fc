package dev.linkspan.server.api.call;

import static dev.linkspan.core.refusal.Refused.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.event.Origin;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.InMemoryStore;
import dev.linkspan.core.port.Snapshot;
import dev.linkspan.core.port.Store;
import dev.linkspan.core.port.UnitOfWork;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.server.api.Caller;
import dev.linkspan.server.api.call.Operation.ChangeHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallRunnerTest {

    record Request(String text) {}

    /** Writes down when a unit of work begins. */
    private record Watched(Store store, List<String> steps) implements Store {

        @Override
        public <T> T change(RegionName region, Origin origin, Function<UnitOfWork, T> work) {
            steps.add("change");
            return store.change(region, origin, work);
        }

        @Override
        public <T> T rehearse(RegionName region, Origin origin, Function<UnitOfWork, T> work) {
            steps.add("rehearse");
            return store.rehearse(region, origin, work);
        }

        @Override
        public <T> T read(RegionName region, Function<Snapshot, T> query) {
            return store.read(region, query);
        }

        @Override
        public boolean awaitEventAfter(RegionName region, long sequence, Duration timeout) throws InterruptedException {
            return store.awaitEventAfter(region, sequence, timeout);
        }

        @Override
        public void close() {
            store.close();
        }
    }

    private final List<String> steps = new ArrayList<>();
    private final CallRunner calls = new CallRunner(new Watched(new InMemoryStore(), steps));
    private final Caller caller = new Caller(new AccountId("123456789012"), Fixture.REGION);

    private Object run(ChangeHandler<Request, ?> handler, boolean dryRun) {
        Operation.Change<Request> change =
                new Operation.Change<>("Try", Request.class, new AnswerShape.DescribedElsewhere(), handler);
        return calls.change(caller, "request-1", change, new Request("this"), dryRun);
    }

    private String prepare(AccountId owner, Request request) {
        steps.add("prepare %s for %s".formatted(request.text(), owner));
        return "made of " + request.text();
    }

    private Object handle(ChangeCall call, String made) {
        steps.add("handle for " + call.caller());
        return made;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void what_takes_long_is_prepared_before_the_unit_of_work_begins(boolean dryRun) {
        assertThat(run(ChangeHandler.after(this::prepare, this::handle), dryRun))
                .isEqualTo("made of this");

        assertThat(steps)
                .containsExactly(
                        "prepare this for 123456789012", dryRun ? "rehearse" : "change", "handle for 123456789012");
    }

    @Test
    void what_cannot_be_prepared_begins_none() {
        ChangeHandler<Request, Object> refusing = ChangeHandler.after(
                (_, request) -> {
                    throw new Refusal(RefusalCode.BAD_VALUE, request.text());
                },
                this::handle);

        assertRefused(RefusalCode.BAD_VALUE, () -> run(refusing, false));
        assertThat(steps).isEmpty();
    }

    @Test
    void a_handler_that_prepares_nothing_runs_in_the_unit_of_work() {
        assertThat(run((call, request) -> handle(call, request.text()), false)).isEqualTo("this");

        assertThat(steps).containsExactly("change", "handle for 123456789012");
    }
}
