package dev.linkspan.server.observe;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.logging.Formatter;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;

/** Sends the log to standard error, a line per record; libraries are heard from warnings on. */
public final class Logging {

    private static final String CONFIGURATION = """
            handlers = java.util.logging.ConsoleHandler
            java.util.logging.ConsoleHandler.level = ALL
            java.util.logging.ConsoleHandler.formatter = %s
            .level = WARNING
            dev.linkspan.level = INFO
            """.formatted(Line.class.getName());

    private Logging() {}

    public static void start() {
        try {
            LogManager.getLogManager()
                    .readConfiguration(new ByteArrayInputStream(CONFIGURATION.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** Time, level, message; a stack trace follows on lines of its own. The log manager makes it by its name. */
    public static final class Line extends Formatter {

        private static final DateTimeFormatter TIME =
                DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);

        @Override
        public String format(LogRecord record) {
            return "%s %-7s %s%n%s"
                    .formatted(
                            TIME.format(Instant.ofEpochMilli(record.getMillis())),
                            record.getLevel().getName(),
                            formatMessage(record).replace("\n", "\\n"),
                            trace(record));
        }

        private static String trace(LogRecord record) {
            if (record.getThrown() == null) {
                return "";
            }
            StringWriter text = new StringWriter();
            record.getThrown().printStackTrace(new PrintWriter(text, true));
            return text.toString();
        }
    }
}
