package dev.linkspan.server.api.call;

import dev.linkspan.server.api.json.StrictJson;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A list with more items than a page has, which is the whole answer. It is turned into text item by item: all of them at
 * once would take ten times the memory of what they say.
 *
 * @param key the answer's field that holds the list
 */
public record LongAnswer(String key, List<?> items) {

    private static final int BUFFER = 1 << 16;

    /** The answer as a long list, if it is one. */
    public static Optional<LongAnswer> in(Object answer) {
        return answer instanceof Map<?, ?> fields && fields.size() == 1
                ? fields.entrySet().stream().findFirst().flatMap(LongAnswer::in)
                : Optional.empty();
    }

    private static Optional<LongAnswer> in(Map.Entry<?, ?> field) {
        return field.getValue() instanceof List<?> items && items.size() > ReadTurns.LONG
                ? Optional.of(new LongAnswer(String.valueOf(field.getKey()), items))
                : Optional.empty();
    }

    /** As the OUTSCALE API has it. */
    public ReadTurns.Written json(String requestId) {
        return client -> {
            OutputStream out = new BufferedOutputStream(client, BUFFER);
            write(out, "{\"%s\":[".formatted(key));
            for (int i = 0; i < items.size(); i++) {
                if (i > 0) {
                    out.write(',');
                }
                out.write(StrictJson.bytes(StrictJson.tree(items.get(i))));
            }
            write(out, "],\"ResponseContext\":{\"RequestId\":\"%s\"}}".formatted(requestId));
            out.flush();
        };
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
