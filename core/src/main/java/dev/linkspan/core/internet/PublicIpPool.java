package dev.linkspan.core.internet;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.address.Ipv4;

/** The public addresses of a Region: those of a range but the first two, which are the range's own and outside's, and the last. */
public record PublicIpPool(Cidr range) {

    public static final int LARGEST_PREFIX = 16;
    public static final int SMALLEST_PREFIX = 30;

    public PublicIpPool {
        if (range.length() < LARGEST_PREFIX || range.length() > SMALLEST_PREFIX) {
            throw new IllegalArgumentException("'%s' is not accepted: a range of public addresses is a /%d to a /%d"
                    .formatted(range, LARGEST_PREFIX, SMALLEST_PREFIX));
        }
    }

    /** What answers outside, and speaks to machines from there; it is never given away. */
    public Ipv4 outside() {
        return range.network().plus(1);
    }

    public Ipv4 first() {
        return range.network().plus(2);
    }

    public Ipv4 last() {
        return range.last().plus(-1);
    }

    /** How many there are to give. */
    public long size() {
        return range.size() - 3;
    }

    /** Whether it may be somebody's. */
    public boolean mayGive(Ipv4 address) {
        return first().compareTo(address) <= 0 && address.compareTo(last()) <= 0;
    }
}
