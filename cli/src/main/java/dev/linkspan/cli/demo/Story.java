package dev.linkspan.cli.demo;

import dev.linkspan.cli.client.CallRefused;
import dev.linkspan.cli.client.Caller;
import java.util.ArrayList;
import java.util.List;

/** The steps as they were told so far. After a step that broke off, nothing that follows could be true, so it ends. */
final class Story {

    private final Narrator narrator;
    private final Caller operator;
    private final Wire wire;
    private final List<Outcome> outcomes = new ArrayList<>();
    private final long began = System.nanoTime();

    Story(Narrator narrator, Caller operator, Wire wire) {
        this.narrator = narrator;
        this.operator = operator;
        this.wire = wire;
    }

    /** What happens in a step. */
    @FunctionalInterface
    interface Script {
        Observation play(Scene scene);
    }

    /** What happens in a step that makes something. */
    @FunctionalInterface
    interface Making<T> {
        Made<T> play(Scene scene);
    }

    /** What a step made, and what it saw. */
    record Made<T>(T thing, Observation seen) {}

    /** A step could not be played to its end. */
    static final class BrokenOff extends RuntimeException {

        private static final long serialVersionUID = 1L;

        BrokenOff(RuntimeException cause) {
            super(cause);
        }
    }

    /** A step after which the stage is as before. */
    void step(String title, String expected, Script script) {
        make(title, expected, scene -> new Made<>("", script.play(scene)));
    }

    /** A step that makes something which later steps need. */
    <T> T make(String title, String expected, Making<T> script) {
        narrator.begin(outcomes.size() + 1, title);
        try {
            Made<T> made = script.play(new Scene(narrator, operator, wire));
            end(new Outcome(title, expected, made.seen().text(), made.seen().ok()));
            return made.thing();
        } catch (CallRefused | IllegalStateException failed) {
            end(new Outcome(title, expected, "broke off: " + failed.getMessage(), false));
            throw new BrokenOff(failed);
        }
    }

    private void end(Outcome outcome) {
        outcomes.add(outcome);
        narrator.end(outcome);
    }

    /** Tells how it went, and returns whether every step was true. */
    boolean close() {
        int held = (int) outcomes.stream().filter(Outcome::ok).count();
        narrator.close(outcomes.size(), held, (System.nanoTime() - began) / 1e9);
        return held == outcomes.size();
    }
}
