package dev.linkspan.server.network.netns;

import dev.linkspan.server.network.linux.namespace.NetworkNamespace;
import dev.linkspan.server.network.linux.netlink.Netlink;
import dev.linkspan.server.network.linux.netlink.NetlinkRequest;
import dev.linkspan.server.network.linux.netlink.NetworkDevice;
import dev.linkspan.server.network.linux.netlink.RouteEntry;
import java.util.List;

/** Somebody who is root on the machine and changes what Linkspan made in a router. */
public final class Tampering {

    private static final int KERNEL_DEFAULT_TABLE = 253;
    private static final int KERNEL_MAIN_RULE = 32_766;

    private Tampering() {}

    public static void deleteRules(NetworkNamespace router) {
        try (Netlink netlink = router.openNetlink()) {
            List<NetlinkRequest.DeleteRule> deletions = netlink.rules().stream()
                    .filter(rule -> rule.preference() > 0 && rule.preference() < KERNEL_MAIN_RULE)
                    .map(NetlinkRequest.DeleteRule::new)
                    .toList();
            netlink.apply(deletions);
        }
    }

    public static void deleteRoutes(NetworkNamespace router) {
        try (Netlink netlink = router.openNetlink()) {
            List<NetlinkRequest.DeleteRoute> deletions = netlink.routes().stream()
                    .filter(route -> route.table() < KERNEL_DEFAULT_TABLE || route.table() > RouteEntry.MAIN)
                    .map(NetlinkRequest.DeleteRoute::new)
                    .toList();
            netlink.apply(deletions);
        }
    }

    public static void deleteFilter(NetworkNamespace router) {
        router.nftables().run("delete table ip " + NftCompiler.IP_TABLE);
    }

    /** To one of its peers, if it has one. */
    public static void deleteLinkToPeer(NetworkNamespace router) {
        try (Netlink netlink = router.openNetlink()) {
            netlink.devices().stream()
                    .map(NetworkDevice::name)
                    .filter(name -> name.startsWith(LinkKind.PEERING.name("")))
                    .findFirst()
                    .ifPresent(name -> netlink.apply(new NetlinkRequest.DeleteDevice(name)));
        }
    }
}
