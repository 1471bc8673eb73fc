package dev.linkspan.server.lifecycle;

/**
 * Where the product and the model part.
 *
 * @param step which step of the script it is at, from 0; behind the last one where it is about the end
 * @param expected what the model says
 * @param found what the product did
 */
record Disagreement(int step, String expected, String found) {

    String told(Script script) {
        String where = step < script.steps().size()
                ? "at step %d: %s"
                        .formatted(step + 1, Script.line(script.steps().get(step)))
                : "at the end";
        return "%s%n  the model says: %s%n  the product:    %s%n".formatted(where, expected, found);
    }
}
