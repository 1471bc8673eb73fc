package dev.linkspan.server.observe;

import java.util.Locale;
import java.util.Map;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/**
 * For people: time, level, message, {@code name=value} for each field; the lines of a stack trace follow, indented. Only
 * a record begins at the beginning of a line, whatever a message holds: what does not print is written as an escape.
 */
final class TextLine extends Formatter {

    private static final String INDENT = "    ";
    private static final int LONGEST_LEVEL = "WARNING".length();

    @Override
    public String format(LogRecord record) {
        LogFields written = LogFields.of(record, this);
        StringBuilder line = new StringBuilder(200);
        line.append(written.time()).append(' ').append(written.level());
        line.repeat(' ', LONGEST_LEVEL + 1 - written.level().length());
        append(line, written.message());
        for (Map.Entry<String, Object> field : written.fields().entrySet()) {
            line.append(' ').append(field.getKey()).append('=');
            append(line, value(field.getValue()));
        }
        line.append('\n');
        written.stack().lines().forEach(frame -> {
            line.append(INDENT);
            append(line, frame.replace("\t", INDENT));
            line.append('\n');
        });
        return line.toString();
    }

    private static String value(Object value) {
        return switch (value) {
            case Double number -> String.format(Locale.ROOT, "%.1f", number);
            default -> {
                String text = String.valueOf(value);
                yield text.contains(" ") ? '"' + text.replace("\"", "\\\"") + '"' : text;
            }
        };
    }

    private static void append(StringBuilder line, String text) {
        if (text.chars().allMatch(character -> character >= ' ' && character <= '~')) {
            line.append(text);
            return;
        }
        text.codePoints().forEach(character -> {
            switch (Character.getType(character)) {
                case Character.CONTROL,
                        Character.FORMAT,
                        Character.LINE_SEPARATOR,
                        Character.PARAGRAPH_SEPARATOR,
                        Character.SURROGATE -> line.append(escape(character));
                default -> line.appendCodePoint(character);
            }
        });
    }

    private static String escape(int character) {
        return switch (character) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> String.format(Locale.ROOT, "\\u%04x", character);
        };
    }
}
