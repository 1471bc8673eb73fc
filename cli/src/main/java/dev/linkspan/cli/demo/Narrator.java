package dev.linkspan.cli.demo;

/** Tells the story while it happens. */
interface Narrator {

    void open();

    void begin(int number, String title);

    /** A call, as somebody would read it out. */
    void call(String who, String call, String answer);

    void note(String text);

    void observed(Observation observation);

    void end(Outcome outcome);

    /** The last word: how many steps there were, and how many of them were true. */
    void close(int steps, int held, double seconds);
}
