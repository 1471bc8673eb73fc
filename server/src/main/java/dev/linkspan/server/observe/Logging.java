package dev.linkspan.server.observe;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.Logger;

/**
 * Sends the log to standard error, a record a line, all of it in one format: ours, and that of the libraries, which are
 * heard from warnings on.
 */
public final class Logging {

    private static final String CONFIGURATION = """
            handlers = java.util.logging.ConsoleHandler
            java.util.logging.ConsoleHandler.level = ALL
            .level = WARNING
            dev.linkspan.level = INFO
            """;

    /** How a line looks. */
    public enum Format {
        /** For people. */
        TEXT,
        /** For machines: an object a line. */
        JSON
    }

    private Logging() {}

    public static void start(Format format) {
        try {
            LogManager.getLogManager()
                    .readConfiguration(new ByteArrayInputStream(CONFIGURATION.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        Formatter formatter = switch (format) {
            case TEXT -> new TextLine();
            case JSON -> new JsonLine();
        };
        for (Handler handler : Logger.getLogger("").getHandlers()) {
            handler.setFormatter(formatter);
        }
        Logger uncaught = Logger.getLogger("dev.linkspan.uncaught");
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) ->
                uncaught.log(java.util.logging.Level.SEVERE, "BUG: thread " + thread.getName() + " ended", failure));
    }
}
