package dev.linkspan.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.linkspan.core.Rule;
import dev.linkspan.core.Slow;
import dev.linkspan.core.event.Event;
import dev.linkspan.core.event.EventType;
import dev.linkspan.core.event.Fact;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.operation.NetPeerings;
import dev.linkspan.core.peering.NetPeering;
import dev.linkspan.core.peering.PeeringRules;
import dev.linkspan.core.peering.PeeringState;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.TestClock;
import dev.linkspan.core.refusal.Refusal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The machine's clock is stepped back while the server runs, and while it does not. */
@Slow
@Rule({"T1", "L9"})
final class ClockStepTest {

    private static final Duration STEP = Duration.ofHours(3);
    private static final Duration LIFE_OF_A_REQUEST = Duration.ofDays(7);

    @TempDir
    private Path temporary;

    private final TestClock clock = new TestClock();
    private final NetPeerings peerings = new NetPeerings(new PeeringRules(false, true));
    private final Logger logger = Logger.getLogger(ClockGap.class.getName());
    private final LogCapture told = new LogCapture();
    private DataFolder folder;
    private SqlStore store;
    private Fixture fixture;

    /** What the log says of the clock. */
    private static final class LogCapture extends Handler {
        private final List<String> messages = Collections.synchronizedList(new ArrayList<>());

        @Override
        public void publish(LogRecord message) {
            messages.add(new SimpleFormatter().formatMessage(message));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    @BeforeEach
    void open() {
        folder = DataFolder.open(temporary);
        store = SqlStore.sqlite(folder, List.of(Fixture.REGION), StoreClock.of(clock));
        fixture = new Fixture(store);
        logger.addHandler(told);
    }

    @AfterEach
    void close() {
        logger.removeHandler(told);
        store.close();
        folder.close();
    }

    private NetPeeringId request() {
        AccountId account = fixture.account();
        Net source = fixture.net(account, "10.1.0.0/16");
        Net accepter = fixture.net(account, "10.2.0.0/16");
        return fixture.change(unit -> peerings.create(unit, account, source.id(), accepter.id(), Optional.empty()))
                .id();
    }

    private NetPeering read(NetPeeringId peering) {
        return fixture.read(snapshot -> snapshot.peerings().find(peering).orElseThrow());
    }

    private boolean isExpired(NetPeeringId peering) {
        return read(peering).stateAt(fixture.now()) instanceof PeeringState.Expired;
    }

    private void stepBack() {
        clock.set(clock.instant().minus(STEP));
    }

    @Test
    void what_one_reader_saw_expire_stays_expired_and_cannot_be_accepted() {
        NetPeeringId peering = request();
        clock.advance(LIFE_OF_A_REQUEST);
        assertThat(isExpired(peering)).isTrue();

        stepBack();

        assertThat(isExpired(peering)).isTrue();
        AccountId owner = read(peering).accepter().owner();
        assertThatThrownBy(() -> fixture.change(unit -> peerings.accept(unit, owner, peering)))
                .isInstanceOf(Refusal.class);
    }

    @Test
    void nothing_expires_twice() {
        NetPeeringId peering = request();
        clock.advance(LIFE_OF_A_REQUEST);
        fixture.change(unit -> peerings.sweep(unit, 10));

        stepBack();
        fixture.change(unit -> peerings.sweep(unit, 10));
        clock.advance(STEP);
        fixture.change(unit -> peerings.sweep(unit, 10));

        assertThat(events())
                .filteredOn(event -> event.fact().type() == EventType.NET_PEERING_EXPIRED)
                .hasSize(1);
        assertThat(isExpired(peering)).isTrue();
    }

    @Test
    void times_of_events_never_run_backwards_whether_it_runs_or_starts_again() {
        record();
        stepBack();
        record();
        close();
        stepBack();
        open();
        record();

        assertThat(events()).extracting(Event::at).isSorted().hasSize(3);
        assertThat(fixture.now()).isEqualTo(TestClock.START);
    }

    @Test
    void the_log_says_once_that_it_happened_and_once_that_it_is_over() {
        record();
        clock.set(clock.instant().minusMillis(999));
        fixture.now();
        assertThat(told.messages).isEmpty();

        clock.set(TestClock.START.minus(STEP));
        fixture.now();
        record();
        assertThat(told.messages).singleElement().asString().contains("PT3H behind", "stepped back", "stands still");

        clock.set(TestClock.START);
        fixture.now();
        assertThat(told.messages).hasSize(2).last().asString().contains("caught up");
    }

    private void record() {
        fixture.change(unit -> {
            unit.record(new Fact(EventType.ACCOUNT_CREATED, "somebody", Set.of(), Set.of(), ""));
            return unit.events().lastSequence();
        });
    }

    private List<Event> events() {
        return fixture.read(snapshot -> snapshot.events().after(0, Integer.MAX_VALUE));
    }
}
