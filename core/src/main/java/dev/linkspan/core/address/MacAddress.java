package dev.linkspan.core.address;

import java.util.HexFormat;

/**
 * An Ethernet address (IEEE 802).
 *
 * @param bits the 48 bits of the address, first octet highest
 */
public record MacAddress(long bits) implements Comparable<MacAddress> {

    private static final HexFormat OCTETS = HexFormat.ofDelimiter(":");

    public MacAddress {
        if (bits >>> 48 != 0) {
            throw new IllegalArgumentException("a MAC address has 48 bits, not %x".formatted(bits));
        }
    }

    /** Reads six octets in hex, {@code 06:00:00:00:00:01}; throws {@link IllegalArgumentException} otherwise. */
    public static MacAddress parse(String text) {
        try {
            byte[] octets = OCTETS.parseHex(text);
            if (octets.length == 6) {
                return of(octets);
            }
        } catch (IllegalArgumentException notHex) {
            // answered below, with the text that was given
        }
        throw new IllegalArgumentException("'%s' is not a MAC address such as 06:00:00:00:00:01".formatted(text));
    }

    /** From six octets, first one first. */
    public static MacAddress of(byte[] octets) {
        long bits = 0;
        for (byte octet : octets) {
            bits = (bits << 8) | (octet & 255);
        }
        return new MacAddress(bits);
    }

    /** Six octets, first one first. */
    public byte[] octets() {
        byte[] octets = new byte[6];
        for (int i = 0; i < 6; i++) {
            octets[i] = (byte) (bits >>> (40 - 8 * i));
        }
        return octets;
    }

    @Override
    public int compareTo(MacAddress other) {
        return Long.compare(bits, other.bits);
    }

    /** Six octets in lower-case hex with colons. */
    @Override
    public String toString() {
        return OCTETS.formatHex(octets());
    }
}
