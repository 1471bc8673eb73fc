package dev.linkspan.server.network.linux;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.address.MacAddress;
import dev.linkspan.server.network.linux.namespace.NetworkNamespace;
import dev.linkspan.server.network.linux.namespace.NetworkNamespaces;
import dev.linkspan.server.network.linux.netlink.AddressEntry;
import dev.linkspan.server.network.linux.netlink.Neighbour;
import dev.linkspan.server.network.linux.netlink.Netlink;
import dev.linkspan.server.network.linux.netlink.NetlinkRequest.AddAddress;
import dev.linkspan.server.network.linux.netlink.NetlinkRequest.AddRoute;
import dev.linkspan.server.network.linux.netlink.NetlinkRequest.ChangeDevice;
import dev.linkspan.server.network.linux.netlink.NetlinkRequest.CreateVeth;
import dev.linkspan.server.network.linux.netlink.NetlinkRequest.PutNeighbour;
import dev.linkspan.server.network.linux.netlink.NetlinkRequest.VethEnd;
import dev.linkspan.server.network.linux.netlink.RouteEntry;
import dev.linkspan.server.network.vm.VmLink;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A router with VMs on links of their own, built with nothing but netlink: 10.0.0.0/24, gateway 10.0.0.254. */
public final class TinyNet {

    static final Ipv4 GATEWAY = Ipv4.parse("10.0.0.254");

    private final NetworkNamespaces namespaces;
    private final NetworkNamespace router;

    public TinyNet(NetworkNamespaces namespaces) {
        this.namespaces = namespaces;
        router = namespaces.create("vpc-1");
        router.writeSysctls(Map.of("net/ipv4/ip_forward", "1", "net/ipv4/conf/all/proxy_arp", "1"));
        try (Netlink netlink = router.openNetlink()) {
            netlink.apply(List.of(ChangeDevice.up("lo"), new AddAddress(new AddressEntry("lo", GATEWAY, 32))));
        }
    }

    public NetworkNamespace router() {
        return router;
    }

    public static Ipv4 address(int number) {
        return Ipv4.parse("10.0.0." + number);
    }

    static MacAddress mac(int number) {
        return new MacAddress(0x060000000000L + number);
    }

    public NetworkNamespace addVm(int number) {
        NetworkNamespace vm = namespaces.create("i-" + number);
        String link = "v" + number;
        try (Netlink here = router.openNetlink();
                Netlink there = vm.openNetlink()) {
            here.apply(List.of(
                    new CreateVeth(
                            new VethEnd(link, VmLink.ROUTER_MAC),
                            new VethEnd("eth0", mac(number)),
                            vm.file(),
                            VmLink.MTU),
                    ChangeDevice.up(link),
                    new PutNeighbour(new Neighbour(link, address(number), mac(number))),
                    new AddRoute(RouteEntry.onLink(RouteEntry.MAIN, Cidr.of(address(number)), 0, link))));
            there.apply(List.of(
                    ChangeDevice.up("lo"),
                    ChangeDevice.up("eth0"),
                    new AddAddress(new AddressEntry("eth0", address(number), 32)),
                    new PutNeighbour(new Neighbour("eth0", GATEWAY, VmLink.ROUTER_MAC)),
                    new AddRoute(RouteEntry.through(RouteEntry.MAIN, Cidr.ALL, 0, "eth0", GATEWAY))));
            // Else the first packet may be lost.
            here.noteCarrier(Set.of(link));
            there.noteCarrier(Set.of("eth0"));
        }
        return vm;
    }
}
