package dev.linkspan.server.network.linux.netlink;

/** The numbers of rtnetlink's protocol that this driver uses (linux/rtnetlink.h, if_link.h, fib_rules.h, neighbour.h). */
final class Rtnetlink {

    static final int NEW_LINK = 16;
    static final int DELETE_LINK = 17;
    static final int GET_LINK = 18;
    static final int NEW_ADDRESS = 20;
    static final int DELETE_ADDRESS = 21;
    static final int GET_ADDRESS = 22;
    static final int NEW_ROUTE = 24;
    static final int DELETE_ROUTE = 25;
    static final int GET_ROUTE = 26;
    static final int NEW_NEIGHBOUR = 28;
    static final int DELETE_NEIGHBOUR = 29;
    static final int GET_NEIGHBOUR = 30;
    static final int NEW_RULE = 32;
    static final int DELETE_RULE = 33;
    static final int GET_RULE = 34;
    static final int GET_NEIGHBOUR_TABLE = 66;
    static final int SET_NEIGHBOUR_TABLE = 67;

    static final int LINK_ADDRESS = 1;
    static final int LINK_NAME = 3;
    static final int LINK_MTU = 4;
    static final int LINK_PEER_INDEX = 5;
    static final int LINK_INFO = 18;
    static final int LINK_KIND = 1;
    static final int LINK_DATA = 2;
    static final int VETH_PEER = 1;
    static final int LINK_NAMESPACE_FILE = 28;
    static final int LINK_EXTENSIONS = 29;
    static final int SKIP_STATISTICS = 8;
    static final int FLAG_UP = 0x1;
    static final int FLAG_NO_ARP = 0x80;

    static final int ADDRESS_PEER = 1;
    static final int ADDRESS_LOCAL = 2;

    static final int ROUTE_DESTINATION = 1;
    static final int ROUTE_DEVICE = 4;
    static final int ROUTE_GATEWAY = 5;
    static final int ROUTE_METRIC = 6;
    static final int ROUTE_MULTIPATH = 9;
    static final int ROUTE_TABLE = 15;
    static final int ROUTE_IS_UNICAST = 1;
    static final int ROUTE_IS_BLACKHOLE = 6;
    static final int NEXT_HOP_ON_LINK = 4;
    static final int PROTOCOL_KERNEL = 2;
    static final int PROTOCOL_STATIC = 4;
    static final int SCOPE_UNIVERSE = 0;
    static final int SCOPE_LINK = 253;
    static final int SCOPE_ANY = 255;

    static final int RULE_INCOMING_LINK = 3;
    static final int RULE_PREFERENCE = 6;
    static final int RULE_MARK = 10;
    static final int RULE_SUPPRESSED_GROUP = 13;
    static final int RULE_SUPPRESSED_LENGTH = 14;
    static final int RULE_TABLE = 15;
    static final int RULE_MASK = 16;
    static final int EVERY_BIT = -1;
    static final int RULE_PROTOCOL = 21;
    static final int RULE_LOOKS_UP = 1;
    static final int RULE_IS_BLACKHOLE = 6;
    static final int RULE_INVERTED = 2;

    static final int NEIGHBOUR_ADDRESS = 1;
    static final int NEIGHBOUR_MAC = 2;
    static final int NEIGHBOUR_PERMANENT = 0x80;

    static final int NEIGHBOUR_TABLE_NAME = 1;
    static final int NEIGHBOUR_TABLE_SETTINGS = 6;
    static final int NEIGHBOUR_SETTINGS_DEVICE = 1;
    static final int NEIGHBOUR_PROXY_DELAY = 13;
    static final String ARP_TABLE = "arp_cache";

    private Rtnetlink() {}
}
