package dev.linkspan.core.address;

/** A range of addresses of either version of IP. */
public sealed interface AddressRange permits Cidr, Ipv6Range {

    /**
     * Reads one, such as {@code 10.0.0.0/16} or {@code 2001:db8::/32}.
     *
     * @throws IllegalArgumentException for what is neither, saying why
     */
    static AddressRange parse(String text) {
        return text.contains(":") ? new Ipv6Range(text) : Cidr.parse(text);
    }

    boolean contains(Ipv4 address);
}
