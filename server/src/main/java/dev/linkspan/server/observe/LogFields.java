package dev.linkspan.server.observe;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/**
 * What a record holds, whichever way it is written. A record whose only parameter is a map has fields: its message is
 * taken as it is, and a {@link Throwable} among them is its stack trace.
 *
 * @param stack an empty text where nothing was thrown
 */
record LogFields(String time, String level, String message, Map<String, Object> fields, String stack) {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    /** @param formatter fills the parameters of other records into their messages */
    static LogFields of(LogRecord record, Formatter formatter) {
        Map<String, Object> fields = new LinkedHashMap<>();
        Throwable thrown = record.getThrown();
        Object[] parameters = record.getParameters();
        boolean structured = parameters != null && parameters.length == 1 && parameters[0] instanceof Map<?, ?>;
        if (structured && parameters[0] instanceof Map<?, ?> given) {
            for (Map.Entry<?, ?> entry : given.entrySet()) {
                if (entry.getValue() instanceof Throwable failure) {
                    thrown = failure;
                } else {
                    fields.put(String.valueOf(entry.getKey()), entry.getValue());
                }
            }
        }
        return new LogFields(
                TIME.format(Instant.ofEpochMilli(record.getMillis())),
                level(record.getLevel().intValue()),
                String.valueOf(structured ? record.getMessage() : formatter.formatMessage(record)),
                fields,
                thrown == null ? "" : stackOf(thrown));
    }

    /** The names that the rest of the world uses. */
    private static String level(int value) {
        if (value >= java.util.logging.Level.SEVERE.intValue()) {
            return "ERROR";
        }
        if (value >= java.util.logging.Level.WARNING.intValue()) {
            return "WARNING";
        }
        return value >= java.util.logging.Level.INFO.intValue() ? "INFO" : "DEBUG";
    }

    private static String stackOf(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }
}
