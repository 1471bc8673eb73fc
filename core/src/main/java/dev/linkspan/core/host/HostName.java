package dev.linkspan.core.host;

import java.util.regex.Pattern;

/** What the operator calls a host: usually the name that its computer has in the network of the operator. */
public record HostName(String value) {

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]{0,61}[A-Za-z0-9])?");

    public HostName {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "1 to 63 letters, digits, hyphens and dots are expected, a letter or a digit first and last");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
