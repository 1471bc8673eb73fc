package dev.linkspan.server.network.linux.netlink;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.address.Ipv4;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the messages of an rtnetlink dump, whose header is read already, into records. */
final class RecordDecoder {

    /** What a rule that Linkspan made is described by; any other attribute narrows the rule to some packets. */
    private static final Set<Integer> PLAIN_RULE = Set.of(
            Rtnetlink.RULE_INCOMING_LINK,
            Rtnetlink.RULE_PREFERENCE,
            Rtnetlink.RULE_MARK,
            Rtnetlink.RULE_MASK,
            Rtnetlink.RULE_TABLE,
            Rtnetlink.RULE_SUPPRESSED_GROUP,
            Rtnetlink.RULE_SUPPRESSED_LENGTH,
            Rtnetlink.RULE_PROTOCOL);

    private final Map<Integer, String> linkNames;

    RecordDecoder(Map<Integer, String> linkNames) {
        this.linkNames = linkNames;
    }

    static NetworkDevice link(ByteBuffer message) {
        message.getInt();
        int index = message.getInt();
        int flags = message.getInt();
        message.getInt();
        Attributes attributes = Attributes.read(message);
        return new NetworkDevice(
                index,
                attributes.text(Rtnetlink.LINK_NAME).orElse(""),
                attributes
                        .nested(Rtnetlink.LINK_INFO)
                        .flatMap(info -> info.text(Rtnetlink.LINK_KIND))
                        .orElse(""),
                attributes.mac(Rtnetlink.LINK_ADDRESS),
                attributes.number(Rtnetlink.LINK_MTU, 0),
                (flags & Rtnetlink.FLAG_UP) != 0,
                (flags & Rtnetlink.FLAG_NO_ARP) == 0,
                attributes.number(Rtnetlink.LINK_PEER_INDEX, 0));
    }

    Optional<AddressEntry> address(ByteBuffer message) {
        message.get();
        int length = message.get();
        message.getShort();
        String device = nameOf(message.getInt());
        Attributes attributes = Attributes.read(message);
        return attributes.address(Rtnetlink.ADDRESS_LOCAL).map(address -> new AddressEntry(device, address, length));
    }

    Optional<RouteEntry> route(ByteBuffer message) {
        message.get();
        int length = message.get();
        message.getShort();
        int tableByte = Byte.toUnsignedInt(message.get());
        int protocol = message.get();
        message.get();
        int type = message.get();
        int flags = message.getInt();
        if (protocol == Rtnetlink.PROTOCOL_KERNEL) {
            return Optional.empty();
        }
        Attributes attributes = Attributes.read(message);
        Ipv4 network = attributes.address(Rtnetlink.ROUTE_DESTINATION).orElse(new Ipv4(0));
        return Optional.of(new RouteEntry(
                attributes.number(Rtnetlink.ROUTE_TABLE, tableByte),
                new Cidr(network, length),
                attributes.number(Rtnetlink.ROUTE_METRIC, 0),
                hop(type, flags, attributes)));
    }

    private RouteEntry.Hop hop(int type, int flags, Attributes attributes) {
        if (type == Rtnetlink.ROUTE_IS_BLACKHOLE) {
            return new RouteEntry.Hop.Blackhole();
        }
        boolean oneHop = type == Rtnetlink.ROUTE_IS_UNICAST
                && attributes.has(Rtnetlink.ROUTE_DEVICE)
                && !attributes.has(Rtnetlink.ROUTE_MULTIPATH);
        if (!oneHop) {
            return new RouteEntry.Hop.Foreign(type);
        }
        String device = nameOf(attributes.number(Rtnetlink.ROUTE_DEVICE, 0));
        boolean onlink = (flags & Rtnetlink.NEXT_HOP_ON_LINK) != 0;
        return attributes
                .address(Rtnetlink.ROUTE_GATEWAY)
                .<RouteEntry.Hop>map(gateway -> new RouteEntry.Hop.Gateway(device, gateway, onlink))
                .orElse(new RouteEntry.Hop.OnLink(device));
    }

    static RuleEntry rule(ByteBuffer message) {
        message.get();
        int destinationLength = message.get();
        int sourceLength = message.get();
        int typeOfService = message.get();
        int tableByte = Byte.toUnsignedInt(message.get());
        message.getShort();
        int action = message.get();
        int flags = message.getInt();
        Attributes attributes = Attributes.read(message);
        Optional<RuleEntry.Packets> packets = destinationLength == 0
                        && sourceLength == 0
                        && typeOfService == 0
                        && (flags & Rtnetlink.RULE_INVERTED) == 0
                        && PLAIN_RULE.containsAll(attributes.types())
                ? packets(attributes)
                : Optional.empty();
        int table = attributes.number(Rtnetlink.RULE_TABLE, tableByte);
        return new RuleEntry(
                attributes.number(Rtnetlink.RULE_PREFERENCE, 0),
                packets.orElse(new RuleEntry.Packets.All()),
                packets.isPresent() ? action(action, table) : new RuleEntry.Action.Foreign(action));
    }

    /** Empty for a choice of packets that Linkspan never makes. */
    private static Optional<RuleEntry.Packets> packets(Attributes attributes) {
        int mark = attributes.number(Rtnetlink.RULE_MARK, 0);
        boolean masked = attributes.has(Rtnetlink.RULE_MASK);
        if (masked && attributes.number(Rtnetlink.RULE_MASK, 0) != Rtnetlink.EVERY_BIT) {
            return Optional.empty();
        }
        Optional<String> link = attributes.text(Rtnetlink.RULE_INCOMING_LINK);
        if (link.isEmpty()) {
            return Optional.of(mark == 0 ? new RuleEntry.Packets.All() : new RuleEntry.Packets.Marked(mark));
        }
        boolean own = link.get().equals(KernelState.LOOPBACK) && mark == 0 && masked;
        return own ? Optional.of(new RuleEntry.Packets.Own()) : Optional.empty();
    }

    private static RuleEntry.Action action(int action, int table) {
        return switch (action) {
            case Rtnetlink.RULE_LOOKS_UP -> new RuleEntry.Action.Lookup(table);
            case Rtnetlink.RULE_IS_BLACKHOLE -> new RuleEntry.Action.Blackhole();
            default -> new RuleEntry.Action.Foreign(action);
        };
    }

    Optional<Neighbour> neighbour(ByteBuffer message) {
        message.getInt();
        String device = nameOf(message.getInt());
        int state = Short.toUnsignedInt(message.getShort());
        message.getShort();
        Attributes attributes = Attributes.read(message);
        if ((state & Rtnetlink.NEIGHBOUR_PERMANENT) == 0) {
            return Optional.empty();
        }
        return attributes
                .address(Rtnetlink.NEIGHBOUR_ADDRESS)
                .flatMap(address ->
                        attributes.mac(Rtnetlink.NEIGHBOUR_MAC).map(mac -> new Neighbour(device, address, mac)));
    }

    /** Empty for the settings of other neighbour tables, and for the defaults of links to come. */
    Optional<Map.Entry<String, Duration>> proxyDelay(ByteBuffer message) {
        message.getInt();
        Attributes attributes = Attributes.read(message);
        boolean arp = attributes.text(Rtnetlink.NEIGHBOUR_TABLE_NAME).equals(Optional.of(Rtnetlink.ARP_TABLE));
        return attributes
                .nested(Rtnetlink.NEIGHBOUR_TABLE_SETTINGS)
                .filter(settings -> arp && settings.has(Rtnetlink.NEIGHBOUR_SETTINGS_DEVICE))
                .flatMap(settings -> settings.bigNumber(Rtnetlink.NEIGHBOUR_PROXY_DELAY)
                        .map(delay -> Map.entry(
                                nameOf(settings.number(Rtnetlink.NEIGHBOUR_SETTINGS_DEVICE, 0)),
                                Duration.ofMillis(delay))));
    }

    /** A link that came or went while the others were listed has no name here; the next look finds it. */
    private String nameOf(int index) {
        return linkNames.getOrDefault(index, "#" + index);
    }
}
