package dev.linkspan.acceptance.concurrency;

import static dev.linkspan.acceptance.concurrency.HistoryBuilder.ANN;
import static dev.linkspan.acceptance.concurrency.HistoryBuilder.BACK;
import static dev.linkspan.acceptance.concurrency.HistoryBuilder.BEN;
import static dev.linkspan.acceptance.concurrency.HistoryBuilder.FAR;
import static dev.linkspan.acceptance.concurrency.HistoryBuilder.FORTH;
import static dev.linkspan.acceptance.concurrency.HistoryBuilder.LEFT;
import static dev.linkspan.acceptance.concurrency.HistoryBuilder.RIGHT;
import static dev.linkspan.acceptance.concurrency.HistoryBuilder.START;
import static dev.linkspan.acceptance.concurrency.HistoryBuilder.active;
import static dev.linkspan.acceptance.concurrency.HistoryBuilder.waiting;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.acceptance.concurrency.World.Limits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Logs that keep the rules at every instant, and logs that do not. */
class LogReplayTest {

    private static final Duration WEEK = Duration.ofDays(7);

    private final List<LogEntry> log = new ArrayList<>();
    private Instant now = START;

    private LogReplayTest logged(String type, String subject, String actor, String... nets) {
        log.add(new LogEntry(log.size() + 1, now, actor, "request-" + log.size(), type, subject, List.of(nets)));
        return this;
    }

    private LogReplayTest requested(String id, String by) {
        return logged("NET_PEERING_REQUESTED", id, by, LEFT, RIGHT);
    }

    private LogReplayTest ended(String how, String id) {
        return logged("NET_PEERING_" + how, id, BEN, LEFT, RIGHT);
    }

    private LogReplayTest after(Duration time) {
        now = now.plus(time);
        return this;
    }

    private List<String> faults(Limits limits) {
        return LogReplay.faults(new HistoryBuilder(limits).world(), log);
    }

    private List<String> faults() {
        return faults(Limits.STANDARD);
    }

    @Test
    void a_life_as_it_should_be_has_no_fault() {
        requested(FORTH, ANN).requested(BACK, BEN).ended("REJECTED", BACK).ended("ACCEPTED", FORTH);
        ended("DELETED", FORTH).after(Duration.ofHours(1)).ended("FORGOTTEN", FORTH);
        assertThat(faults()).isEmpty();
    }

    @Test
    void two_active_peerings_between_two_nets_are_a_fault() {
        requested(FORTH, ANN).requested(BACK, BEN).ended("ACCEPTED", FORTH);
        assertThat(faults()).isEmpty();
        ended("ACCEPTED", BACK);
        assertThat(faults()).singleElement().asString().contains("makes 2 active peerings");
    }

    @Test
    void a_transition_that_is_recorded_twice_is_a_fault() {
        requested(FORTH, ANN).ended("ACCEPTED", FORTH).ended("ACCEPTED", FORTH);
        assertThat(faults()).singleElement().asString().contains("does not wait for an answer");
    }

    @Test
    void an_accept_at_the_expiry_is_a_fault_and_one_just_before_is_none() {
        requested(FORTH, ANN).after(WEEK.minusMillis(1)).ended("ACCEPTED", FORTH);
        assertThat(faults()).isEmpty();
        ended("DELETED", FORTH).requested(BACK, BEN).after(WEEK).ended("ACCEPTED", BACK);
        assertThat(faults()).singleElement().asString().contains("does not wait for an answer");
    }

    @Test
    void expiring_or_forgetting_too_early_is_a_fault() {
        requested(FORTH, ANN).after(WEEK.minusMillis(1)).ended("EXPIRED", FORTH);
        assertThat(faults()).singleElement().asString().contains("is not due");
        after(Duration.ofHours(1)).ended("FORGOTTEN", FORTH);
        assertThat(faults()).last().asString().contains("is still to be seen");
    }

    @Test
    void a_gap_and_a_step_back_in_time_are_faults() {
        requested(FORTH, ANN).after(Duration.ofMillis(-1)).requested(BACK, BEN).ended("DELETED", BACK);
        log.remove(1);
        assertThat(faults())
                .anySatisfy(fault -> assertThat(fault).contains("does not follow number 1"))
                .anySatisfy(fault -> assertThat(fault).contains("is earlier than the event before it"));
    }

    @Test
    void more_than_the_quota_is_a_fault() {
        requested(FORTH, BEN).logged("NET_PEERING_REQUESTED", BACK, BEN, FAR, LEFT);
        assertThat(faults(new Limits(2, 2))).isEmpty();
        assertThat(faults(new Limits(2, 1))).singleElement().asString().contains("a request too many");
        ended("ACCEPTED", FORTH).logged("NET_PEERING_ACCEPTED", BACK, ANN, FAR, LEFT);
        assertThat(faults(new Limits(2, 2))).isEmpty();
        assertThat(faults(new Limits(1, 2))).singleElement().asString().contains("an active peering too many");
    }

    @Test
    void the_log_is_in_the_order_of_what_was_answered() {
        HistoryBuilder told =
                new HistoryBuilder().forth(0, 10).back(20, 30).accepted(40, 50, active(FORTH, LEFT, RIGHT));
        requested(FORTH, ANN).requested(BACK, BEN).ended("REJECTED", BACK).ended("ACCEPTED", FORTH);
        log.set(2, asRequested(log.get(2), 2));
        log.set(3, asRequested(log.get(3), 2));
        assertThat(LogWitness.faults(told.history(), log)).isEmpty();

        told.sees(60, 70, ANN, waiting(FORTH, LEFT, RIGHT, BEN), waiting(BACK, RIGHT, LEFT, ANN));
        assertThat(LogWitness.faults(told.history(), log))
                .singleElement()
                .asString()
                .contains("nowhere");
    }

    @Test
    void a_change_that_the_log_does_not_tell_is_found() {
        HistoryBuilder told = new HistoryBuilder().forth(0, 10).back(20, 30);
        requested(FORTH, ANN);
        assertThat(LogWitness.faults(told.history(), log))
                .singleElement()
                .asString()
                .contains("nowhere");
        requested(BACK, BEN);
        assertThat(LogWitness.faults(told.history(), log)).isEmpty();
        ended("DELETED", BACK);
        assertThat(LogWitness.faults(told.history(), log))
                .singleElement()
                .asString()
                .contains("nobody");
    }

    @Test
    void a_log_that_turns_two_changes_round_is_found() {
        HistoryBuilder told = new HistoryBuilder().forth(0, 10).back(20, 30);
        requested(FORTH, ANN).requested(BACK, BEN);
        assertThat(LogWitness.faults(told.history(), log.reversed()))
                .singleElement()
                .asString()
                .contains("behind what began when it was over");
    }

    private static LogEntry asRequested(LogEntry entry, int operation) {
        return new LogEntry(
                entry.sequence(),
                entry.at(),
                entry.actor(),
                "request-" + operation,
                entry.type(),
                entry.subject(),
                entry.nets());
    }
}
