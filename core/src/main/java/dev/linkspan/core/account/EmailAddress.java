package dev.linkspan.core.account;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An e-mail address, in lower case: two that differ in their letters' case only are the same one. Nothing is ever sent to
 * it, so whether somebody reads it is not known.
 *
 * @param value 3 to 254 characters (RFC 5321, 4.5.3.1.3), an {@code @} inside it and no white space
 */
public record EmailAddress(String value) {

    private static final int LONGEST = 254;
    private static final Pattern FORM = Pattern.compile("[^@\\s\\p{Cntrl}]+@[^@\\s\\p{Cntrl}]+");

    public EmailAddress {
        if (value.length() > LONGEST
                || !FORM.matcher(value).matches()
                || !value.equals(value.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException(
                    "an e-mail address such as ops@example.com is expected, of at most %d characters"
                            .formatted(LONGEST));
        }
    }

    /** From an address in letters of any case; throws IllegalArgumentException where the text is none. */
    public static EmailAddress parse(String text) {
        return new EmailAddress(text.toLowerCase(Locale.ROOT));
    }

    /** The address that the text is, if it is one. */
    public static Optional<EmailAddress> tryParse(String text) {
        try {
            return Optional.of(parse(text));
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
