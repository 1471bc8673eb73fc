package dev.linkspan.cli.demo;

import dev.linkspan.cli.client.Json;
import java.io.PrintWriter;

/** Tells each step as one line of JSON, and nothing else. */
record JsonNarrator(PrintWriter out) implements Narrator {

    @Override
    public void open() {}

    @Override
    public void begin(int number, String title) {}

    @Override
    public void call(String who, String call, String answer) {}

    @Override
    public void note(String text) {}

    @Override
    public void observed(Observation observation) {}

    @Override
    public void end(Outcome outcome) {
        out.println(Json.line(outcome.json()));
        out.flush();
    }

    @Override
    public void close(int steps, int held, double seconds) {}
}
