package dev.linkspan.server.observe;

import java.io.StringWriter;
import java.util.Map;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;

/**
 * For machines: an object a line, in ASCII. {@code time} (RFC 3339, UTC), {@code level}, {@code logger}, {@code message},
 * then the record's own fields, and {@code stack} where something was thrown.
 */
final class JsonLine extends Formatter {

    private static final JsonFactory JSON =
            JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    @Override
    public String format(LogRecord record) {
        LogFields written = LogFields.of(record, this);
        StringWriter line = new StringWriter(300);
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), line)) {
            json.writeStartObject();
            json.writeStringProperty("time", written.time());
            json.writeStringProperty("level", written.level());
            json.writeStringProperty("logger", String.valueOf(record.getLoggerName()));
            json.writeStringProperty("message", written.message());
            for (Map.Entry<String, Object> field : written.fields().entrySet()) {
                json.writeName(field.getKey());
                write(json, field.getValue());
            }
            if (!written.stack().isEmpty()) {
                json.writeStringProperty("stack", written.stack());
            }
            json.writeEndObject();
        }
        return line.append('\n').toString();
    }

    private static void write(JsonGenerator json, Object value) {
        switch (value) {
            case Integer number -> json.writeNumber(number);
            case Long number -> json.writeNumber(number);
            case Double number -> json.writeNumber(number);
            case Boolean truth -> json.writeBoolean(truth);
            default -> json.writeString(String.valueOf(value));
        }
    }
}
