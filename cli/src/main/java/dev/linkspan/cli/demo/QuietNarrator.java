package dev.linkspan.cli.demo;

/** Keeps quiet about calls that were told before. */
record QuietNarrator(Narrator narrator) implements Narrator {

    @Override
    public void open() {
        narrator.open();
    }

    @Override
    public void begin(int number, String title) {
        narrator.begin(number, title);
    }

    @Override
    public void call(String who, String call, String answer) {}

    @Override
    public void note(String text) {
        narrator.note(text);
    }

    @Override
    public void observed(Observation observation) {
        narrator.observed(observation);
    }

    @Override
    public void end(Outcome outcome) {
        narrator.end(outcome);
    }

    @Override
    public void close(int steps, int held, double seconds) {
        narrator.close(steps, held, seconds);
    }
}
