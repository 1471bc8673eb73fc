package dev.linkspan.cli.demo;

import java.io.Console;
import java.util.Map;
import java.util.Optional;

/** Colours for a terminal, or none. */
public record Paint(boolean colourful) {

    static final Brush PLAIN = text -> text;

    /** Colours a text. */
    @FunctionalInterface
    interface Brush {
        String paint(String text);
    }

    /**
     * As the environment asks (no-color.org): NO_COLOR turns colours off and FORCE_COLOR on; otherwise a terminal has them.
     */
    public static Paint by(Map<String, String> environment, boolean terminal) {
        if (!environment.getOrDefault("NO_COLOR", "").isEmpty()) {
            return new Paint(false);
        }
        return new Paint(
                terminal || !environment.getOrDefault("FORCE_COLOR", "").isEmpty());
    }

    /** For whoever looks at this process's standard output. */
    public static Paint forThisTerminal() {
        boolean terminal =
                Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
        return by(System.getenv(), terminal);
    }

    public String bold(String text) {
        return with("1", text);
    }

    public String dim(String text) {
        return with("2", text);
    }

    public String red(String text) {
        return with("31", text);
    }

    public String green(String text) {
        return with("32", text);
    }

    public String yellow(String text) {
        return with("33", text);
    }

    public String cyan(String text) {
        return with("36", text);
    }

    private String with(String code, String text) {
        return colourful ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
