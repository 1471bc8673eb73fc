package dev.linkspan.core.address;

import java.util.Comparator;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A range of IPv4 addresses in CIDR notation (RFC 4632) without host bits: {@code 10.0.0.0/16}.
 *
 * @param network the first address of the range
 * @param length the prefix length, 0 to 32
 */
public record Cidr(Ipv4 network, int length) implements AddressRange, Comparable<Cidr> {

    /** Every address: {@code 0.0.0.0/0}. */
    public static final Cidr ALL = new Cidr(new Ipv4(0), 0);

    private static final Comparator<Cidr> ORDER =
            Comparator.comparing(Cidr::network).thenComparingInt(Cidr::length);

    public Cidr {
        if (length < 0 || length > 32) {
            throw new IllegalArgumentException("prefix length %d is not within 0 to 32".formatted(length));
        }
        if ((network.bits() & ~mask(length)) != 0) {
            throw new IllegalArgumentException("'%s/%d' has host bits set; the range that holds it is %s/%d"
                    .formatted(network, length, new Ipv4(network.bits() & mask(length)), length));
        }
    }

    /** Reads {@code a.b.c.d/length}; throws {@link IllegalArgumentException}, saying why, for anything else (R5). */
    public static Cidr parse(String text) {
        return read(text, Cidr::new);
    }

    /** Like {@link #parse}, but host bits may be set, and are forgotten. */
    public static Cidr parseCanonical(String text) {
        return read(text, (address, length) -> new Cidr(new Ipv4(address.bits() & mask(length)), length));
    }

    private static Cidr read(String text, BiFunction<Ipv4, Integer, Cidr> range) {
        int slash = text.indexOf('/');
        Optional<Ipv4> address = slash < 0 ? Optional.empty() : Ipv4.tryParse(text.substring(0, slash));
        int length = slash < 0 ? -1 : prefixLength(text.substring(slash + 1));
        if (address.isEmpty() || length < 0) {
            throw new IllegalArgumentException(
                    "'%s' is not a range in CIDR notation such as 10.0.0.0/16".formatted(text));
        }
        return range.apply(address.get(), length);
    }

    /** Like {@link #parse}, but empty for what is not a range. */
    public static Optional<Cidr> tryParse(String text) {
        try {
            return Optional.of(parse(text));
        } catch (IllegalArgumentException notARange) {
            return Optional.empty();
        }
    }

    /** The range of one address. */
    public static Cidr of(Ipv4 address) {
        return new Cidr(address, 32);
    }

    private static int prefixLength(String text) {
        boolean number = !text.isEmpty() && text.length() <= 2 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!number || (text.length() == 2 && text.charAt(0) == '0')) {
            return -1;
        }
        int value = Integer.parseInt(text);
        return value <= 32 ? value : -1;
    }

    private static int mask(int length) {
        return length == 0 ? 0 : -1 << (32 - length);
    }

    @Override
    public boolean contains(Ipv4 address) {
        return (address.bits() & mask(length)) == network.bits();
    }

    /** Whether every address of the other range is in this one; a range contains itself. */
    public boolean contains(Cidr other) {
        return length <= other.length && contains(other.network);
    }

    /** Whether the two ranges share an address: for CIDRs, whether one contains the other (P4). */
    public boolean overlaps(Cidr other) {
        return contains(other) || other.contains(this);
    }

    /** The ranges that contain it, from itself to all addresses: each is twice as large as the one before. */
    public Stream<Cidr> supernets() {
        return IntStream.rangeClosed(0, length)
                .map(shorter -> length - shorter)
                .mapToObj(shorter -> new Cidr(new Ipv4(network.bits() & mask(shorter)), shorter));
    }

    public Ipv4 last() {
        return new Ipv4(network.bits() | ~mask(length));
    }

    /** How many addresses there are, up to 2^32. */
    public long size() {
        return 1L << (32 - length);
    }

    @Override
    public int compareTo(Cidr other) {
        return ORDER.compare(this, other);
    }

    /** CIDR notation. */
    @Override
    public String toString() {
        return network + "/" + length;
    }
}
