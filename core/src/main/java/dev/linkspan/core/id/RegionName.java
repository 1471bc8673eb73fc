package dev.linkspan.core.id;

import java.util.regex.Pattern;

/** Names a Region, a closed world of Nets with its own endpoint: {@code eu-west-2}. */
public record RegionName(String value) implements Comparable<RegionName> {

    private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9-]{0,30}[a-z0-9]");

    public RegionName {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "'%s' is not the name of a Region: lower-case letters, digits and hyphens such as eu-west-2 are expected"
                            .formatted(value));
        }
    }

    @Override
    public int compareTo(RegionName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
