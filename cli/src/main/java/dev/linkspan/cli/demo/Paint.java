package dev.linkspan.cli.demo;

import java.util.Map;

/** Colours for a terminal, or none. */
record Paint(boolean colourful) {

    static final Brush PLAIN = text -> text;

    /** Colours a text. */
    @FunctionalInterface
    interface Brush {
        String paint(String text);
    }

    /**
     * As the environment asks (no-color.org): NO_COLOR turns colours off and FORCE_COLOR on; otherwise a terminal has them.
     */
    static Paint by(Map<String, String> environment, boolean terminal) {
        if (!environment.getOrDefault("NO_COLOR", "").isEmpty()) {
            return new Paint(false);
        }
        return new Paint(
                terminal || !environment.getOrDefault("FORCE_COLOR", "").isEmpty());
    }

    String bold(String text) {
        return with("1", text);
    }

    String dim(String text) {
        return with("2", text);
    }

    String red(String text) {
        return with("31", text);
    }

    String green(String text) {
        return with("32", text);
    }

    String yellow(String text) {
        return with("33", text);
    }

    String cyan(String text) {
        return with("36", text);
    }

    private String with(String code, String text) {
        return colourful ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
