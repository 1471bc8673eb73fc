package dev.linkspan.server.api.call;

import dev.linkspan.server.api.json.FilterKind;
import java.util.Map;

/** What a call answers, for the description of the API. */
public sealed interface AnswerShape {

    /**
     * A record, whose components are the answer's fields.
     *
     * @param unwrapped by the record that has a component whose own components stand among its own: which they are
     */
    record Fields(Class<? extends Record> type, Map<Class<?>, Class<? extends Record>> unwrapped)
            implements AnswerShape {

        public Fields(Class<? extends Record> type) {
            this(type, Map.of());
        }
    }

    /**
     * What is listed, and how it can be chosen.
     *
     * @param key the answer's field that holds the list
     * @param item a record, or a single value
     * @param filters of the request, by name
     */
    record Items(String key, Class<?> item, Map<String, FilterKind> filters) implements AnswerShape {}

    /** A file of this media type. */
    record File(String contentType) implements AnswerShape {}

    /** What somebody else describes: the answers of the EC2 API. */
    record DescribedElsewhere() implements AnswerShape {}
}
