package dev.linkspan.cli.demo;

/**
 * What was seen, and whether it is what the story says.
 *
 * @param text a short clause, such as {@code ping shop-a -> pay-a: silent}
 */
record Observation(String text, boolean ok) {

    Observation and(Observation other) {
        return new Observation(text + "; " + other.text, ok && other.ok);
    }
}
