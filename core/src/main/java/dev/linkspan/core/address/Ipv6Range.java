package dev.linkspan.core.address;

import java.util.Arrays;
import java.util.Locale;

/**
 * A range of IPv6 addresses in CIDR notation (RFC 4291), such as {@code ::/0}. It is kept as it was written, but in small
 * letters: no machine has such an address, so nothing is ever in it (S8).
 */
public record Ipv6Range(String text) implements AddressRange {

    private static final int LONGEST_PREFIX = 128;
    private static final int GROUPS = 8;

    public Ipv6Range {
        int slash = text.indexOf('/');
        if (slash < 0 || !isAddress(text.substring(0, slash)) || !isLength(text.substring(slash + 1))) {
            throw new IllegalArgumentException(
                    "'%s' is not a range in CIDR notation such as 2001:db8::/32".formatted(text));
        }
        text = text.toLowerCase(Locale.ROOT);
    }

    /** RFC 4291, section 2.2, without a zone. */
    private static boolean isAddress(String text) {
        int zeros = text.indexOf("::");
        String groups = withoutIpv4(text);
        return zeros < 0
                ? countGroups(groups) == GROUPS
                : countGroups(groups.substring(0, zeros)) + countGroups(groups.substring(zeros + 2)) < GROUPS;
    }

    /** With two groups in the place of an IPv4 address at the end. */
    private static String withoutIpv4(String text) {
        int last = text.lastIndexOf(':') + 1;
        return Ipv4.tryParse(text.substring(last)).isPresent() ? text.substring(0, last) + "0:0" : text;
    }

    /** More than there can be, where they are none. */
    private static int countGroups(String text) {
        if (text.isEmpty()) {
            return 0;
        }
        String[] groups = text.split(":", -1);
        return Arrays.stream(groups).allMatch(group -> group.matches("[0-9A-Fa-f]{1,4}")) ? groups.length : GROUPS + 1;
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
