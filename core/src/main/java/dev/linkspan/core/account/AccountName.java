package dev.linkspan.core.account;

import java.util.regex.Pattern;

/**
 * What an account calls itself. It is told to the owners of the Nets that it asks for a peering, and proves nothing: two
 * accounts may have the same one, so whoever shows a name shows the account's id with it.
 *
 * @param value 1 to 64 characters of one line, without white space at either end
 */
public record AccountName(String value) {

    private static final int LONGEST = 64;

    /** What is neither white space nor changes how the text around it looks. */
    private static final String VISIBLE = "[^\\p{Z}\\p{Cc}\\p{Cs}\\p{Cf}]";

    private static final Pattern FORM = Pattern.compile(VISIBLE + "(?:(?:" + VISIBLE + "| )*" + VISIBLE + ")?");

    public AccountName {
        if (value.length() > LONGEST || !FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "a name of 1 to %d characters is expected, in one line and without a space at either end"
                            .formatted(LONGEST));
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
