package dev.linkspan.server.network.netns;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.server.network.linux.netlink.AddressEntry;
import dev.linkspan.server.network.linux.netlink.Netlink;
import dev.linkspan.server.network.linux.netlink.RouteEntry;
import dev.linkspan.server.network.linux.nftables.NftTable;
import dev.linkspan.server.network.linux.nftables.NftTable.NftChain;
import dev.linkspan.server.network.linux.nftables.NftTable.NftSet;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the two packet filters at the ends of an uplink let through: what begins in Nets and goes to the internet, and what
 * answers that. The chains refuse and otherwise leave the decision to whatever other tables the host has.
 */
final class UplinkFilters {

    /** That of outside. */
    static final String TABLE = "linkspan_uplink";

    /** Outside's end of the link. */
    static final String LINK = "uplink";

    /** As many as a peer may have by default: beyond that, flows of tenants could fill the host's own table. */
    private static final int MOST_FLOWS = 16_384;

    /**
     * Where no tenant gets: the host itself and what is special, private or shared by a provider's customers (RFC 6890). A
     * cloud's metadata service is among what is link-local.
     */
    private static final List<Cidr> NEVER = Stream.of(
                    "0.0.0.0/8",
                    "10.0.0.0/8",
                    "100.64.0.0/10",
                    "127.0.0.0/8",
                    "169.254.0.0/16",
                    "172.16.0.0/12",
                    "192.0.0.0/24",
                    "192.168.0.0/16",
                    "198.18.0.0/15",
                    "224.0.0.0/3")
            .map(Cidr::parse)
            .toList();

    private UplinkFilters() {}

    /** The host's: where tenants never get, and the networks that the host is part of by now. */
    static Set<Cidr> forbidden(Netlink host) {
        Set<Cidr> ranges = networks(host);
        ranges.addAll(NEVER);
        return outermost(ranges);
    }

    /** What the host reaches without a gateway; where a default route does that, it says nothing. */
    static Set<Cidr> networks(Netlink host) {
        Set<Cidr> ranges = new HashSet<>();
        host.addresses().stream().map(UplinkFilters::network).forEach(ranges::add);
        host.routes().stream()
                .filter(route -> route.hop() instanceof RouteEntry.Hop.OnLink)
                .map(RouteEntry::destination)
                .filter(destination -> destination.length() > 0)
                .forEach(ranges::add);
        return ranges;
    }

    private static Cidr network(AddressEntry entry) {
        return Cidr.of(entry.address())
                .supernets()
                .filter(range -> range.length() == entry.length())
                .findFirst()
                .orElseThrow();
    }

    /** Two ranges are disjoint, or one contains the other. */
    private static Set<Cidr> outermost(Collection<Cidr> ranges) {
        Set<Cidr> left = new HashSet<>(ranges);
        left.removeIf(range -> ranges.stream().anyMatch(other -> !other.equals(range) && other.contains(range)));
        return left;
    }

    /**
     * The host's: nothing from the link is for the host itself, and what is not its answer stays out.
     *
     * @param onlyForUplink whether the interface forwards for the uplink's sake alone
     */
    static NftTable host(UplinkRecord uplink, Set<Cidr> forbidden, boolean onlyForUplink) {
        String link = NftCompiler.quoted(uplink.link());
        String device = NftCompiler.quoted(uplink.device());
        Map<String, NftChain> chains = new LinkedHashMap<>();
        chains.put(
                "leaving",
                new NftChain(
                        "",
                        List.of(
                                "oifname != %s drop".formatted(device),
                                "ip saddr != %s drop".formatted(uplink.address()),
                                "ip daddr @forbidden drop")));
        chains.put(
                "answering",
                new NftChain(
                        "",
                        List.of(
                                "iifname != %s drop".formatted(device),
                                "ct state established,related return",
                                "drop")));
        chains.put(
                "input",
                new NftChain(
                        "type filter hook input priority filter - 10; policy accept;",
                        List.of("iifname %s drop".formatted(link))));
        Stream<String> other =
                onlyForUplink ? Stream.of("iifname %s oifname != %s drop".formatted(device, link)) : Stream.empty();
        chains.put(
                "forward",
                new NftChain(
                        "type filter hook forward priority filter - 10; policy accept;",
                        Stream.concat(
                                        Stream.of(
                                                "iifname %s jump leaving".formatted(link),
                                                "oifname %s jump answering".formatted(link)),
                                        other)
                                .toList()));
        chains.put(
                "translate",
                new NftChain(
                        "type nat hook postrouting priority srcnat; policy accept;",
                        List.of("ip saddr %s oifname %s masquerade".formatted(uplink.address(), device))));
        NftSet ranges = NftSet.set(
                        "ipv4_addr",
                        forbidden.stream().sorted().map(Cidr::toString).toList())
                .withIntervals();
        return new NftTable("ip " + uplink.table(), Map.of("forbidden", ranges), chains);
    }

    /** Outside's: everything leaves with one address, so that the host has no more to know of it. */
    static NftTable outside(UplinkRecord uplink) {
        String link = NftCompiler.quoted(LINK);
        Map<String, NftChain> chains = new LinkedHashMap<>();
        chains.put(
                "input",
                new NftChain(
                        "type filter hook input priority filter; policy accept;",
                        List.of("iifname %s ct state != { established, related } drop".formatted(link))));
        chains.put(
                "forward",
                new NftChain(
                        "type filter hook forward priority filter; policy accept;",
                        List.of(
                                "iifname %s ct state != { established, related } drop".formatted(link),
                                "oifname %s iifname != %s drop".formatted(link, LinkKind.EXIT.pattern()),
                                "oifname %s ct state invalid drop".formatted(link),
                                "oifname %s ct state new ct count over %d drop".formatted(link, MOST_FLOWS),
                                "oifname %s tcp flags syn tcp option maxseg size set rt mtu".formatted(link))));
        chains.put(
                "translate",
                new NftChain(
                        "type nat hook postrouting priority srcnat; policy accept;",
                        List.of("oifname %s snat to %s".formatted(link, uplink.address()))));
        return new NftTable("ip " + TABLE, Map.of(), chains);
    }
}
