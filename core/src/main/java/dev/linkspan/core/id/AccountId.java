package dev.linkspan.core.id;

import java.util.Optional;
import java.util.regex.Pattern;

/** Names an account, that is a tenant: 12 digits. */
public record AccountId(String value) implements Comparable<AccountId> {

    private static final Pattern DIGITS = Pattern.compile("[0-9]{12}");

    public AccountId {
        if (!DIGITS.matcher(value).matches()) {
            throw new IllegalArgumentException("'%s' is not an account id: 12 digits are expected".formatted(value));
        }
    }

    /** The account id that the text is, if it is one. */
    public static Optional<AccountId> tryParse(String text) {
        return DIGITS.matcher(text).matches() ? Optional.of(new AccountId(text)) : Optional.empty();
    }

    @Override
    public int compareTo(AccountId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
