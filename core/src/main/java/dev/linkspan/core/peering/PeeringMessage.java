package dev.linkspan.core.peering;

import java.util.regex.Pattern;

/**
 * What the requester of a peering writes to the other owner. It is plain text, for the two of them only.
 *
 * @param value 1 to 500 characters that are not all white space; lines may be broken and letters joined, and nothing else
 *     may change how the text looks
 */
public record PeeringMessage(String value) {

    private static final int LONGEST = 500;
    private static final Pattern FORM = Pattern.compile("(?:[^\\p{Cc}\\p{Cs}\\p{Cf}]|[\\n\\x{200C}\\x{200D}])+");

    public PeeringMessage {
        if (value.length() > LONGEST || value.isBlank() || !FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "a text of 1 to %d characters is expected, without control characters other than line feeds"
                            .formatted(LONGEST));
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
