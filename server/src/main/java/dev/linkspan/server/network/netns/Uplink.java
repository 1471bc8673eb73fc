package dev.linkspan.server.network.netns;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.address.Ipv4;
import dev.linkspan.server.network.UnusableNetwork;
import dev.linkspan.server.network.linux.namespace.NetworkNamespace;
import dev.linkspan.server.network.linux.netlink.AddressEntry;
import dev.linkspan.server.network.linux.netlink.Netlink;
import dev.linkspan.server.network.linux.netlink.NetlinkRequest;
import dev.linkspan.server.network.linux.netlink.NetlinkRequest.VethEnd;
import dev.linkspan.server.network.linux.netlink.NetworkDevice;
import dev.linkspan.server.network.linux.netlink.RouteEntry;
import dev.linkspan.server.network.linux.nftables.NftScript;
import dev.linkspan.server.network.linux.nftables.NftTable;
import dev.linkspan.server.network.linux.nftables.Nftables;
import dev.linkspan.server.network.vm.VmLink;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Outside bound to an interface of the host: a link between the two, by which what has left a Net goes on to the internet and its
 * answers come back. Everything arrives at the host with one address, the other end's, and leaves it with the interface's
 * (docs/decisions/0042-outside-is-bound-by-a-link-of-its-own.md).
 *
 * <p>What is changed of the host is noted first ({@link UplinkRecord}), and is the link with its address, a table of the packet
 * filter, and whether the interface forwards, if it did not.
 */
final class Uplink {

    private static final Logger LOG = System.getLogger(Uplink.class.getName());

    private static final String FORWARDING = "net/ipv4/conf/%s/forwarding";
    private static final String EVERYWHERE = "all";
    private static final String ON = "1";

    private static final int POINT_TO_POINT = 30;
    private static final int LINK_LOCAL = Ipv4.parse("169.254.0.0").bits();
    private static final int NETWORK_SIZE = 4;
    /** The first and last /24 are reserved (RFC 3927); clouds have their metadata services at 169.254.169.254 and 169.254.170.2. */
    private static final Set<Integer> NOT_OURS = Set.of(0, 169, 170, 255);

    /** A wider network does not keep its parts from being used for something nearer. */
    private static final int WIDE = 16;

    private final NetworkNamespace host;
    private final Path runFolder;
    private final String device;
    private final Set<Cidr> publicRanges;
    private final String owner = UUID.randomUUID().toString();

    /**
     * An uplink that is not there yet.
     *
     * @param host the namespace in which the interface is
     * @param publicRanges addresses that stand for machines or for nothing, and never for somebody further out
     */
    Uplink(NetworkNamespace host, Path runFolder, String device, Set<Cidr> publicRanges) {
        this.host = host;
        this.runFolder = runFolder;
        this.device = device;
        this.publicRanges = Set.copyOf(publicRanges);
    }

    /** Binds outside to the interface, in place of what an earlier server has left; says what is in the way. */
    void bind(NetworkNamespace outside) {
        UplinkRecord.otherThan(runFolder, device).ifPresent(other -> {
            throw new UnusableNetwork(
                    "another network is bound to %s already: stop its server, or remove it with 'linkspan cleanup %s'"
                            .formatted(device, other));
        });
        try {
            make(outside);
        } catch (RuntimeException failed) {
            release(host, runFolder);
            throw failed;
        }
        LOG.log(Level.INFO, "outside is bound to {0}: what leaves Nets goes on there", device);
    }

    private void make(NetworkNamespace outside) {
        Optional<UplinkRecord> before = UplinkRecord.of(runFolder);
        before.filter(it -> !it.device().equals(device)).ifPresent(it -> release(host, runFolder));
        String id = UUID.nameUUIDFromBytes(runFolder.toString().getBytes(StandardCharsets.UTF_8))
                .toString()
                .substring(0, 8);
        try (Netlink atHost = host.openNetlink();
                Netlink atOutside = outside.openNetlink()) {
            NetworkDevice found = find(atHost, device)
                    .orElseThrow(() -> new UnusableNetwork(
                            "there is no interface %s, to which outside could be bound".formatted(device)));
            boolean forwarded = before.filter(it -> it.device().equals(device))
                    .map(UplinkRecord::forwarded)
                    .orElseGet(() -> forwards(device));
            String link = "ls-" + id;
            if (find(atHost, link).isPresent()) {
                atHost.apply(new NetlinkRequest.DeleteDevice(link));
            }
            Cidr network = freeNetwork(atHost, id.hashCode());
            UplinkRecord uplink = new UplinkRecord(
                    owner, device, link, "linkspan_" + id, network.network().plus(2), forwarded);
            uplink.write(runFolder);
            filter(outside, UplinkFilters.TABLE, UplinkFilters.outside(uplink));
            filterHost(atHost, uplink);
            atHost.apply(new NetlinkRequest.CreateVeth(
                    new VethEnd(link, VmLink.ROUTER_MAC),
                    new VethEnd(UplinkFilters.LINK, VmLink.ROUTER_MAC),
                    outside.file(),
                    found.mtu()));
            host.writeSysctls(linkSettings(link));
            if (!forwards(device)) {
                forward(ON);
            }
            raise(atHost, new AddressEntry(link, network.network().plus(1), POINT_TO_POINT));
            raise(atOutside, new AddressEntry(UplinkFilters.LINK, uplink.address(), POINT_TO_POINT));
            atOutside.apply(routes(network.network().plus(1)));
            atHost.noteCarrier(Set.of(link));
            atOutside.noteCarrier(Set.of(UplinkFilters.LINK));
        }
    }

    /** Neither end asks by ARP: both have one MAC. */
    private static void raise(Netlink netlink, AddressEntry address) {
        netlink.apply(List.of(
                NetlinkRequest.ChangeDevice.up(address.device()).withArp(false),
                new NetlinkRequest.AddAddress(address)));
    }

    private List<NetlinkRequest> routes(Ipv4 hostEnd) {
        List<NetlinkRequest> routes = publicRanges.stream()
                .sorted()
                .map(range -> RouteEntry.blackhole(RouteEntry.MAIN, range, 0))
                .<NetlinkRequest>map(NetlinkRequest.PutRoute::new)
                .collect(Collectors.toList());
        routes.add(new NetlinkRequest.PutRoute(
                RouteEntry.through(RouteEntry.MAIN, Cidr.ALL, 0, UplinkFilters.LINK, hostEnd)));
        return routes;
    }

    private static Map<String, String> linkSettings(String link) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("net/ipv6/conf/%s/disable_ipv6".formatted(link), "1");
        settings.put("net/ipv4/conf/%s/send_redirects".formatted(link), "0");
        settings.put("net/ipv4/conf/%s/accept_redirects".formatted(link), "0");
        settings.put(FORWARDING.formatted(link), ON);
        return settings;
    }

    private static Optional<NetworkDevice> find(Netlink netlink, String name) {
        return netlink.devices().stream()
                .filter(device -> device.name().equals(name))
                .findFirst();
    }

    /** The host's part of the filter as it has to be by now; also its networks may have changed. */
    private void filterHost(Netlink atHost, UplinkRecord uplink) {
        boolean onlyForUplink = !uplink.forwarded() && !forwards(EVERYWHERE);
        filter(host, uplink.table(), UplinkFilters.host(uplink, UplinkFilters.forbidden(atHost), onlyForUplink));
    }

    private static void filter(NetworkNamespace namespace, String name, NftTable table) {
        Nftables nftables = namespace.nftables();
        String digest = NftScript.digest(List.of(table));
        if (!nftables.untouchedDigest(name).equals(Optional.of(digest))) {
            nftables.runStamped(NftScript.replacing(List.of(table)), name, digest);
        }
    }

    /** A /30 that the host knows nothing of: the same one each time, unless somebody else has it by then. */
    private static Cidr freeNetwork(Netlink atHost, int seed) {
        List<Cidr> known = UplinkFilters.networks(atHost).stream()
                .filter(network -> network.length() > WIDE)
                .toList();
        return IntStream.range(0, 1 << 14)
                .map(i -> Math.floorMod(seed + i, 1 << 14))
                .mapToObj(i -> new Cidr(new Ipv4(LINK_LOCAL + i * NETWORK_SIZE), POINT_TO_POINT))
                .filter(network -> !NOT_OURS.contains((network.network().bits() >> 8) & 0xff))
                .filter(network -> known.stream().noneMatch(network::overlaps))
                .findFirst()
                .orElseThrow(() -> new UnusableNetwork("no link-local addresses are left for the link to outside"));
    }

    /** Undoes what was changed of the host, unless another server has bound outside meanwhile. */
    void release() {
        if (UplinkRecord.of(runFolder).filter(it -> it.owner().equals(owner)).isPresent()) {
            release(host, runFolder);
        }
    }

    /** The host's networks may be others than when it was bound, and the link may be gone with outside. */
    void renew(NetworkNamespace outside) {
        try (Netlink atHost = host.openNetlink()) {
            Optional<UplinkRecord> uplink = UplinkRecord.of(runFolder);
            if (uplink.filter(it -> find(atHost, it.link()).isPresent()).isPresent()) {
                filterHost(atHost, uplink.get());
            } else {
                bind(outside);
            }
        } catch (RuntimeException failed) {
            LOG.log(Level.WARNING, "the link from outside to " + device + " cannot be looked after", failed);
        }
    }

    private boolean forwards(String where) {
        return forwards(host, where);
    }

    private static boolean forwards(NetworkNamespace host, String where) {
        return host.readSysctl(FORWARDING.formatted(where)).equals(ON);
    }

    private void forward(String value) {
        try {
            host.writeSysctls(Map.of(FORWARDING.formatted(device), value));
        } catch (UncheckedIOException readOnly) {
            throw new UnusableNetwork("%s does not forward packets, and that cannot be changed: %s"
                    .formatted(device, readOnly.getMessage()));
        }
    }

    /** Undoes what was changed of the host, if anything is; outside's end of the link goes with the host's. */
    static void release(NetworkNamespace host, Path runFolder) {
        UplinkRecord.of(runFolder).ifPresent(uplink -> {
            try (Netlink atHost = host.openNetlink()) {
                if (find(atHost, uplink.link()).isPresent()) {
                    atHost.apply(new NetlinkRequest.DeleteDevice(uplink.link()));
                }
                // Whoever has it forward everywhere by now wants it to.
                if (!uplink.forwarded() && find(atHost, uplink.device()).isPresent() && !forwards(host, EVERYWHERE)) {
                    host.writeSysctls(Map.of(FORWARDING.formatted(uplink.device()), "0"));
                }
            }
            // Last, since it keeps others from being forwarded.
            host.nftables().run("add table ip %1$s%ndelete table ip %1$s%n".formatted(uplink.table()));
            UplinkRecord.remove(runFolder);
        });
    }
}
