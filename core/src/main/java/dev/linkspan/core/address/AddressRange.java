package dev.linkspan.core.address;

/** A range of addresses of either version of IP. */
public sealed interface AddressRange permits Cidr, Ipv6Range {

    boolean contains(Ipv4 address);
}
