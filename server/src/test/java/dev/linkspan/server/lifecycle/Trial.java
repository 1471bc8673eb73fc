package dev.linkspan.server.lifecycle;

import dev.linkspan.server.lifecycle.Calls.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** One script, run on the product and on the model side by side, with accounts of its own. */
final class Trial {

    private static final AtomicLong REQUESTS = new AtomicLong();

    private final Script script;
    private final Ground ground;
    private final Coverage coverage;
    private final Model model;
    private final Calls calls;
    private final Comparison comparison;
    private final LogCheck log;

    private Trial(Script script, Ground ground, Coverage coverage) {
        this.script = script;
        this.ground = ground;
        this.coverage = coverage;
        this.model = new Model(script, ground.clock().instant());
        Names names = new Names(model.world(), ground);
        this.calls = new Calls(script, ground, names);
        this.comparison = new Comparison(names);
        this.log = new LogCheck(ground.store(), model.world(), names);
    }

    /** The first disagreement, if there is one. */
    static Optional<Disagreement> of(Script script, Ground ground, Coverage coverage) {
        return new Trial(script, ground, coverage).run();
    }

    private Optional<Disagreement> run() {
        for (int i = 0; i < script.steps().size(); i++) {
            Step step = script.steps().get(i);
            coverage.about(step, model.world());
            Optional<Disagreement> found = make(i, step);
            if (found.isPresent()) {
                return found;
            }
        }
        return log.complaint(false).map(it -> inLog(script.steps().size(), it));
    }

    private Optional<Disagreement> make(int index, Step step) {
        String request = "request-" + REQUESTS.incrementAndGet();
        Instant before = model.world().now();
        Expected expected = model.answer(step, request);
        ground.clock().advance(Duration.between(before, model.world().now()));
        coverage.answered(step, expected);
        long madeBefore = calls.made();
        Reply reply;
        try {
            reply = calls.make(step, request);
        } catch (RuntimeException failure) {
            return Optional.of(new Disagreement(index, "no failure", failure.toString()));
        }
        coverage.called(calls.made() - madeBefore);
        if (mustLeaveNoTrace(step, expected)) {
            log.silent(request);
        }
        Optional<String> complaint = comparison.complaint(expected, reply, request);
        if (complaint.isPresent()) {
            return Optional.of(new Disagreement(index, complaint.get(), reply.toString()));
        }
        return step instanceof Step.Sweep ? log.complaint(true).map(it -> inLog(index, it)) : Optional.empty();
    }

    private static boolean mustLeaveNoTrace(Step step, Expected expected) {
        return switch (step) {
            case Step.CreateNetPeering it when it.dryRun() -> true;
            case Step.AcceptNetPeering it when it.dryRun() -> true;
            case Step.RejectNetPeering it when it.dryRun() -> true;
            case Step.DeleteNetPeering it when it.dryRun() -> true;
            case Step.DeleteNet it when it.dryRun() -> true;
            default -> expected instanceof Expected.Refused;
        };
    }

    private static Disagreement inLog(int index, String complaint) {
        return new Disagreement(index, "an event log that tells what happened", complaint);
    }
}
