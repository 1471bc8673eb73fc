package dev.linkspan.core.address;

import java.net.Inet6Address;
import java.util.Locale;

/**
 * A range of IPv6 addresses in CIDR notation (RFC 4291), such as {@code ::/0}. It is kept as it was written, but in small
 * letters: no machine has such an address, so nothing is ever in it (S8).
 */
public record Ipv6Range(String text) implements AddressRange {

    private static final int LONGEST_PREFIX = 128;

    public Ipv6Range {
        int slash = text.indexOf('/');
        if (slash < 0 || !isAddress(text.substring(0, slash)) || !isLength(text.substring(slash + 1))) {
            throw new IllegalArgumentException(
                    "'%s' is not a range in CIDR notation such as 2001:db8::/32".formatted(text));
        }
        text = text.toLowerCase(Locale.ROOT);
    }

    /** Without a zone, and not in brackets. */
    private static boolean isAddress(String text) {
        try {
            return text.matches("[0-9A-Fa-f:.]+")
                    && Inet6Address.ofLiteral(text).getHostAddress() != null;
        } catch (IllegalArgumentException none) {
            return false;
        }
    }

    private static boolean isLength(String text) {
        return text.matches("0|[1-9][0-9]{0,2}") && Integer.parseInt(text) <= LONGEST_PREFIX;
    }

    @Override
    public boolean contains(Ipv4 address) {
        return false;
    }

    @Override
    public String toString() {
        return text;
    }
}
