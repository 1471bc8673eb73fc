package dev.linkspan.server.network.linux.netlink;

import static dev.linkspan.server.network.linux.netlink.MessageWriter.ACKNOWLEDGE;
import static dev.linkspan.server.network.linux.netlink.MessageWriter.CREATE;
import static dev.linkspan.server.network.linux.netlink.MessageWriter.EXCLUSIVE;
import static dev.linkspan.server.network.linux.netlink.MessageWriter.REPLACE;

import dev.linkspan.server.network.linux.Libc;
import dev.linkspan.server.network.linux.netlink.NetlinkRequest.AddAddress;
import dev.linkspan.server.network.linux.netlink.NetlinkRequest.AddRoute;
import dev.linkspan.server.network.linux.netlink.NetlinkRequest.AddRule;
import dev.linkspan.server.network.linux.netlink.NetlinkRequest.ChangeDevice;
import dev.linkspan.server.network.linux.netlink.NetlinkRequest.CreateVeth;
import dev.linkspan.server.network.linux.netlink.NetlinkRequest.DeleteAddress;
import dev.linkspan.server.network.linux.netlink.NetlinkRequest.DeleteDevice;
import dev.linkspan.server.network.linux.netlink.NetlinkRequest.DeleteNeighbour;
import dev.linkspan.server.network.linux.netlink.NetlinkRequest.DeleteRoute;
import dev.linkspan.server.network.linux.netlink.NetlinkRequest.DeleteRule;
import dev.linkspan.server.network.linux.netlink.NetlinkRequest.PutNeighbour;
import dev.linkspan.server.network.linux.netlink.NetlinkRequest.PutRoute;
import dev.linkspan.server.network.linux.netlink.NetlinkRequest.SetProxyDelay;
import dev.linkspan.server.network.linux.netlink.NetlinkRequest.VethEnd;
import java.util.function.ToIntFunction;

/** Writes requests as messages of rtnetlink (rtnetlink(7), linux/rtnetlink.h). */
final class RequestEncoder {

    private static final int ADD_ONLY = ACKNOWLEDGE | CREATE | EXCLUSIVE;
    private static final int ADD_OR_CHANGE = ACKNOWLEDGE | CREATE | REPLACE;

    private final MessageWriter writer;
    private final ToIntFunction<String> indexOf;

    /**
     * @param indexOf the index of the link with this name; while a message is being encoded it is not yet in the writer
     */
    RequestEncoder(MessageWriter writer, ToIntFunction<String> indexOf) {
        this.writer = writer;
        this.indexOf = indexOf;
    }

    /**
     * Writes one message.
     *
     * @param peerNamespace the open file of the namespace for the other end of a veth; not used by other requests
     */
    void encode(NetlinkRequest request, int sequence, int peerNamespace) {
        switch (request) {
            case CreateVeth veth -> createVeth(veth, sequence, peerNamespace);
            case DeleteDevice(String device) -> link(Rtnetlink.DELETE_LINK, ACKNOWLEDGE, sequence, device, 0, 0);
            case ChangeDevice change -> changeLink(change, sequence);
            case AddAddress(AddressEntry address) -> address(Rtnetlink.NEW_ADDRESS, ADD_ONLY, sequence, address);
            case DeleteAddress(AddressEntry address) ->
                address(Rtnetlink.DELETE_ADDRESS, ACKNOWLEDGE, sequence, address);
            case AddRoute(RouteEntry route) -> route(Rtnetlink.NEW_ROUTE, ADD_ONLY, sequence, route);
            case PutRoute(RouteEntry route) -> route(Rtnetlink.NEW_ROUTE, ADD_OR_CHANGE, sequence, route);
            case DeleteRoute(RouteEntry route) -> route(Rtnetlink.DELETE_ROUTE, ACKNOWLEDGE, sequence, route);
            case AddRule(RuleEntry rule) -> rule(Rtnetlink.NEW_RULE, ADD_ONLY, sequence, rule);
            case DeleteRule(RuleEntry rule) -> rule(Rtnetlink.DELETE_RULE, ACKNOWLEDGE, sequence, rule);
            case PutNeighbour(Neighbour neighbour) -> putNeighbour(neighbour, sequence);
            case DeleteNeighbour neighbour -> deleteNeighbour(neighbour, sequence);
            case SetProxyDelay delay -> setProxyDelay(delay, sequence);
        }
        writer.end();
    }

    private void createVeth(CreateVeth veth, int sequence, int peerNamespace) {
        writer.begin(Rtnetlink.NEW_LINK, ADD_ONLY, sequence);
        linkHeader(0, 0, 0);
        vethEnd(veth.here(), veth.mtu());
        writer.nested(Rtnetlink.LINK_INFO, () -> {
            writer.attribute(Rtnetlink.LINK_KIND, "veth");
            writer.nested(
                    Rtnetlink.LINK_DATA,
                    () -> writer.nested(Rtnetlink.VETH_PEER, () -> {
                        linkHeader(0, 0, 0);
                        vethEnd(veth.there(), veth.mtu());
                        writer.attribute(Rtnetlink.LINK_NAMESPACE_FILE, peerNamespace);
                    }));
        });
    }

    private void vethEnd(VethEnd end, int mtu) {
        writer.attribute(Rtnetlink.LINK_NAME, end.name())
                .attribute(Rtnetlink.LINK_ADDRESS, end.mac())
                .attribute(Rtnetlink.LINK_MTU, mtu);
    }

    private void changeLink(ChangeDevice change, int sequence) {
        int flags = 0;
        int mask = 0;
        if (change.up().isPresent()) {
            mask |= Rtnetlink.FLAG_UP;
            flags |= change.up().get() ? Rtnetlink.FLAG_UP : 0;
        }
        if (change.arp().isPresent()) {
            mask |= Rtnetlink.FLAG_NO_ARP;
            flags |= change.arp().get() ? 0 : Rtnetlink.FLAG_NO_ARP;
        }
        link(Rtnetlink.NEW_LINK, ACKNOWLEDGE, sequence, change.device(), flags, mask);
        change.mtu().ifPresent(bytes -> writer.attribute(Rtnetlink.LINK_MTU, bytes));
        change.mac().ifPresent(mac -> writer.attribute(Rtnetlink.LINK_ADDRESS, mac));
    }

    private void link(int type, int messageFlags, int sequence, String device, int flags, int mask) {
        int index = indexOf.applyAsInt(device);
        writer.begin(type, messageFlags, sequence);
        linkHeader(index, flags, mask);
    }

    private void linkHeader(int index, int flags, int mask) {
        writer.u8(0, 0).u16(0).u32(index).u32(flags).u32(mask);
    }

    private void address(int type, int flags, int sequence, AddressEntry entry) {
        int index = indexOf.applyAsInt(entry.device());
        writer.begin(type, flags, sequence)
                .u8(Libc.AF_INET, entry.length(), 0, 0)
                .u32(index)
                .attribute(Rtnetlink.ADDRESS_LOCAL, entry.address())
                .attribute(Rtnetlink.ADDRESS_PEER, entry.address());
    }

    private void route(int type, int flags, int sequence, RouteEntry route) {
        int device = route.device().map(indexOf::applyAsInt).orElse(0);
        boolean deletion = type == Rtnetlink.DELETE_ROUTE;
        int tableByte = route.table() < 256 ? route.table() : 0;
        writer.begin(type, flags, sequence)
                .u8(Libc.AF_INET, route.destination().length(), 0, 0)
                .u8(tableByte, deletion ? 0 : Rtnetlink.PROTOCOL_STATIC, routeScope(route, deletion), routeType(route))
                .u32(routeFlags(route))
                .attribute(Rtnetlink.ROUTE_TABLE, route.table())
                .attribute(Rtnetlink.ROUTE_DESTINATION, route.destination().network())
                .attribute(Rtnetlink.ROUTE_METRIC, route.metric());
        if (device != 0) {
            writer.attribute(Rtnetlink.ROUTE_DEVICE, device);
        }
        if (route.hop() instanceof RouteEntry.Hop.Gateway gateway) {
            writer.attribute(Rtnetlink.ROUTE_GATEWAY, gateway.address());
        }
    }

    private static int routeScope(RouteEntry route, boolean deletion) {
        if (deletion) {
            return Rtnetlink.SCOPE_ANY;
        }
        return route.hop() instanceof RouteEntry.Hop.OnLink ? Rtnetlink.SCOPE_LINK : Rtnetlink.SCOPE_UNIVERSE;
    }

    private static int routeType(RouteEntry route) {
        return switch (route.hop()) {
            case RouteEntry.Hop.Blackhole _ -> Rtnetlink.ROUTE_IS_BLACKHOLE;
            case RouteEntry.Hop.OnLink _, RouteEntry.Hop.Gateway _ -> Rtnetlink.ROUTE_IS_UNICAST;
            case RouteEntry.Hop.Foreign foreign -> foreign.kernelType();
        };
    }

    private static int routeFlags(RouteEntry route) {
        return route.hop() instanceof RouteEntry.Hop.Gateway gateway && gateway.onlink()
                ? Rtnetlink.NEXT_HOP_ON_LINK
                : 0;
    }

    private void rule(int type, int flags, int sequence, RuleEntry rule) {
        int table = rule.action() instanceof RuleEntry.Action.Lookup(int number) ? number : 0;
        int action = switch (rule.action()) {
            case RuleEntry.Action.Lookup _ -> Rtnetlink.RULE_LOOKS_UP;
            case RuleEntry.Action.Blackhole _ -> Rtnetlink.RULE_IS_BLACKHOLE;
            case RuleEntry.Action.Foreign foreign -> foreign.kernelAction();
        };
        writer.begin(type, flags, sequence)
                .u8(Libc.AF_INET, 0, 0, 0)
                .u8(table < 256 ? table : 0, 0, 0, action)
                .u32(0)
                .attribute(Rtnetlink.RULE_PREFERENCE, rule.preference());
        if (table != 0) {
            writer.attribute(Rtnetlink.RULE_TABLE, table);
        }
        switch (rule.packets()) {
            case RuleEntry.Packets.All _ -> {}
            case RuleEntry.Packets.Marked(int mark) -> writer.attribute(Rtnetlink.RULE_MARK, mark);
            case RuleEntry.Packets.Own _ ->
                writer.attribute(Rtnetlink.RULE_INCOMING_LINK, KernelState.LOOPBACK)
                        .attribute(Rtnetlink.RULE_MARK, 0)
                        .attribute(Rtnetlink.RULE_MASK, Rtnetlink.EVERY_BIT);
        }
    }

    private void putNeighbour(Neighbour entry, int sequence) {
        neighbour(Rtnetlink.NEW_NEIGHBOUR, ADD_OR_CHANGE, sequence, entry.device(), Rtnetlink.NEIGHBOUR_PERMANENT);
        writer.attribute(Rtnetlink.NEIGHBOUR_ADDRESS, entry.address()).attribute(Rtnetlink.NEIGHBOUR_MAC, entry.mac());
    }

    private void deleteNeighbour(DeleteNeighbour entry, int sequence) {
        neighbour(Rtnetlink.DELETE_NEIGHBOUR, ACKNOWLEDGE, sequence, entry.device(), 0);
        writer.attribute(Rtnetlink.NEIGHBOUR_ADDRESS, entry.address());
    }

    private void neighbour(int type, int flags, int sequence, String device, int state) {
        int index = indexOf.applyAsInt(device);
        writer.begin(type, flags, sequence)
                .u8(Libc.AF_INET, 0)
                .u16(0)
                .u32(index)
                .u16(state)
                .u8(0, 0);
    }

    private void setProxyDelay(SetProxyDelay request, int sequence) {
        int index = indexOf.applyAsInt(request.device());
        writer.begin(Rtnetlink.SET_NEIGHBOUR_TABLE, ACKNOWLEDGE, sequence)
                .u8(Libc.AF_INET, 0)
                .u16(0)
                .attribute(Rtnetlink.NEIGHBOUR_TABLE_NAME, Rtnetlink.ARP_TABLE)
                .nested(
                        Rtnetlink.NEIGHBOUR_TABLE_SETTINGS,
                        () -> writer.attribute(Rtnetlink.NEIGHBOUR_SETTINGS_DEVICE, index)
                                .attribute(
                                        Rtnetlink.NEIGHBOUR_PROXY_DELAY,
                                        request.delay().toMillis()));
    }
}
