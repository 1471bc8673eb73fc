package dev.linkspan.core.id;

import dev.linkspan.core.wording.Sentence;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * A kind of resource id: its prefix and how to read one.
 *
 * @param prefix what every id of the kind begins with, hyphen included
 * @param noun what such an id names, with its article, for messages
 * @param constructor makes the typed id of its checked text
 */
public record IdKind<T extends ResourceId>(String prefix, Sentence noun, Function<String, T> constructor) {

    private static final Pattern SUFFIX = Pattern.compile("[0-9a-f]{8}|[0-9a-f]{17}");

    /** The id of this kind that the text is, if it is one. */
    public Optional<T> tryParse(String text) {
        return wellFormed(prefix, text) ? Optional.of(constructor.apply(text)) : Optional.empty();
    }

    /** The id with this prefix and these eight hexadecimal digits. */
    public T of(int digits) {
        return constructor.apply(prefix + "%08x".formatted(digits));
    }

    static void check(String prefix, String value) {
        if (!wellFormed(prefix, value)) {
            throw new IllegalArgumentException("'%s' is not an id with the prefix '%s'".formatted(value, prefix));
        }
    }

    private static boolean wellFormed(String prefix, String text) {
        return text.startsWith(prefix)
                && SUFFIX.matcher(text.substring(prefix.length())).matches();
    }
}
