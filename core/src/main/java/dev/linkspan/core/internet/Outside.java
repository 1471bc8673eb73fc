package dev.linkspan.core.internet;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.address.CidrSet;
import dev.linkspan.core.address.Ipv4;
import java.util.List;
import java.util.stream.Stream;

/** What stands for the internet: everything beyond all Nets. */
public final class Outside {

    /**
     * The ranges that no packet outside is for: private networks' (RFC 1918), carriers' (RFC 6598), and those that no host has
     * (RFC 6890). So nothing outside tells whether somebody's Net has such an address.
     */
    private static final CidrSet NEVER = CidrSet.of(Stream.of(
                    "0.0.0.0/8",
                    "10.0.0.0/8",
                    "100.64.0.0/10",
                    "127.0.0.0/8",
                    "169.254.0.0/16",
                    "172.16.0.0/12",
                    "192.168.0.0/16",
                    "224.0.0.0/3")
            .map(Cidr::parse)
            .toList());

    /** The addresses that somebody outside can have. */
    public static final CidrSet ADDRESSES = CidrSet.of(List.of(Cidr.ALL)).minus(NEVER);

    private Outside() {}

    /** Whether somebody outside can have the address, where no Net is meant by it. */
    public static boolean mayHave(Ipv4 address) {
        return !NEVER.contains(address);
    }
}
