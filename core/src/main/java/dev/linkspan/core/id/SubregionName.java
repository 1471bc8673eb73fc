package dev.linkspan.core.id;

/** Names a Subregion, a failure domain inside a Region: {@code eu-west-2a}. */
public record SubregionName(String value) implements Comparable<SubregionName> {

    public SubregionName {
        if (value.isBlank()) {
            throw new IllegalArgumentException("the name of a Subregion cannot be empty");
        }
    }

    @Override
    public int compareTo(SubregionName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
