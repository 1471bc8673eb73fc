package dev.linkspan.core.address;

import java.util.Optional;

/**
 * An IPv4 address (RFC 791), ordered as an unsigned number.
 *
 * @param bits the address in network order: {@code 10.0.0.1} is {@code 0x0a000001}
 */
public record Ipv4(int bits) implements Comparable<Ipv4> {

    /** Reads dotted decimal, four numbers without leading zeros; throws {@link IllegalArgumentException} otherwise. */
    public static Ipv4 parse(String text) {
        return tryParse(text)
                .orElseThrow(() ->
                        new IllegalArgumentException("'%s' is not an IPv4 address such as 10.0.0.4".formatted(text)));
    }

    /** Like {@link #parse}, but empty for what is not an address. */
    public static Optional<Ipv4> tryParse(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            return Optional.empty();
        }
        int bits = 0;
        for (String part : parts) {
            int octet = octet(part);
            if (octet < 0) {
                return Optional.empty();
            }
            bits = (bits << 8) | octet;
        }
        return Optional.of(new Ipv4(bits));
    }

    private static int octet(String part) {
        boolean leadingZero = part.length() > 1 && part.charAt(0) == '0';
        if (part.isEmpty() || part.length() > 3 || leadingZero || !part.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return -1;
        }
        int value = Integer.parseInt(part);
        return value <= 255 ? value : -1;
    }

    /** The address this many places further on; wraps at the end of the address space. */
    public Ipv4 plus(int offset) {
        return new Ipv4(bits + offset);
    }

    /** The address as a number from 0 to 2^32 - 1. */
    public long unsigned() {
        return Integer.toUnsignedLong(bits);
    }

    @Override
    public int compareTo(Ipv4 other) {
        return Integer.compareUnsigned(bits, other.bits);
    }

    /** Dotted decimal. */
    @Override
    public String toString() {
        return (bits >>> 24) + "." + ((bits >>> 16) & 255) + "." + ((bits >>> 8) & 255) + "." + (bits & 255);
    }
}
