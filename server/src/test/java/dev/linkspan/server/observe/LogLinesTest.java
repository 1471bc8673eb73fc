package dev.linkspan.server.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LogLinesTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Instant TIME = Instant.parse("2026-11-24T10:15:30.120Z");

    private static LogRecord record(Level level, String message, Object... parameters) {
        LogRecord record = new LogRecord(level, message);
        record.setInstant(TIME);
        record.setLoggerName("dev.linkspan.request");
        record.setParameters(parameters);
        return record;
    }

    private static LogRecord call() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("status", 409);
        fields.put("duration_ms", 1.2345);
        fields.put("account", "123456789012");
        fields.put("dry_run", true);
        return record(Level.INFO, "POST /api/v1/AcceptNetPeering", fields);
    }

    private static JsonNode json(LogRecord record) {
        String line = new JsonLine().format(record);
        assertThat(line).endsWith("\n");
        assertThat(line.lines()).hasSize(1);
        return JSON.readTree(line);
    }

    @Test
    void a_call_is_a_line_for_people() {
        assertThat(new TextLine().format(call()))
                .isEqualTo(
                        "2026-11-24T10:15:30.120Z INFO    POST /api/v1/AcceptNetPeering status=409 duration_ms=1.2 account=123456789012 dry_run=true\n");
    }

    @Test
    void a_call_is_an_object_for_machines() {
        assertThat(json(call())).isEqualTo(JSON.readTree("""
                                {"time":"2026-11-24T10:15:30.120Z","level":"INFO","logger":"dev.linkspan.request",
                                 "message":"POST /api/v1/AcceptNetPeering","status":409,"duration_ms":1.2345,
                                 "account":"123456789012","dry_run":true}
                                """));
    }

    @Test
    void what_libraries_say_looks_the_same() {
        LogRecord record = record(Level.WARNING, "{0} - connection is {1}", "store-readers", "lost");
        assertThat(new TextLine().format(record))
                .isEqualTo("2026-11-24T10:15:30.120Z WARNING store-readers - connection is lost\n");
        assertThat(json(record).path("message").asString()).isEqualTo("store-readers - connection is lost");
    }

    @Test
    void levels_have_the_names_that_others_use() {
        assertThat(json(record(Level.SEVERE, "x")).path("level").asString()).isEqualTo("ERROR");
        assertThat(json(record(Level.FINE, "x")).path("level").asString()).isEqualTo("DEBUG");
    }

    @Test
    void a_stack_trace_is_one_field_for_machines_and_indented_for_people() {
        RuntimeException thrown = new IllegalStateException("it broke", new RuntimeException("because"));
        LogRecord record = record(Level.SEVERE, "BUG", Map.of("request_id", "r-1", "thrown", thrown));

        String stack = json(record).path("stack").asString();
        assertThat(stack)
                .startsWith("java.lang.IllegalStateException: it broke\n")
                .contains("Caused by: ", "because");
        assertThat(json(record).path("request_id").asString()).isEqualTo("r-1");

        String[] lines = new TextLine().format(record).split("\n");
        assertThat(lines[0]).isEqualTo("2026-11-24T10:15:30.120Z ERROR   BUG request_id=r-1");
        assertThat(lines).hasSizeGreaterThan(3);
        for (int i = 1; i < lines.length; i++) {
            assertThat(lines[i]).startsWith("    ");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\n2026-11-24T10:15:31.000Z INFO    forged",
                "a\r2026-11-24T10:15:31.000Z INFO    forged",
                "a\r\nforged",
                "a\u001b[2Kforged",
                "a\u0000forged",
                "a\u0085forged",
                "a\u009bforged",
                "a\u2028forged",
                "a\u2029forged",
                "a\u202eforged",
                "a\ud800forged",
                "\t\u007f"
            })
    void nothing_that_a_client_sends_breaks_a_line(String sent) {
        for (LogRecord record : new LogRecord[] {
            record(Level.INFO, sent),
            record(Level.INFO, "GET {0}" + sent, Map.of("error", sent)),
            record(Level.SEVERE, "BUG", Map.of("thrown", new IllegalStateException(sent)))
        }) {
            for (Formatter formatter : new Formatter[] {new TextLine(), new JsonLine()}) {
                String written = formatter.format(record);
                assertThat(written.substring(0, written.length() - 1).codePoints())
                        .as("%s", written)
                        .noneMatch(it -> it != '\n' && Character.isISOControl(it) && it != 0x7f)
                        .noneMatch(it -> it == 0x2028 || it == 0x2029 || it == 0x202e || it == 0xd800);
                assertThat(written.lines().filter(line -> line.startsWith("2026-") || line.startsWith("{")))
                        .as("%s", written)
                        .hasSize(1);
            }
        }
        assertThat(json(record(Level.INFO, sent)).path("message").asString()).isEqualTo(sent);
    }

    @Test
    void a_message_with_braces_from_a_client_is_no_pattern() {
        assertThat(new TextLine().format(record(Level.INFO, "GET /{0}/'{1}'", Map.of("status", 404))))
                .endsWith("GET /{0}/'{1}' status=404\n");
    }
}
