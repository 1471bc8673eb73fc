package dev.linkspan.server.network.netns;

import dev.linkspan.core.id.IdKind;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.id.ResourceId;
import dev.linkspan.core.id.RouteTableId;

/**
 * What things are called in the kernel. Everything follows from ids, so that a server that starts again finds what it
 * made. Interface names have at most 15 characters; numbers are the id's eight digits, and since no id is smaller than
 * 0x1000, they never meet the kernel's own table numbers.
 */
final class KernelNames {

    /** The table that routes inside the Net. */
    static final int LOCAL_TABLE = 100;

    /** The table for what the router itself has to say to peers. */
    static final int OWN_TABLE = 101;

    /** What the names of peerings' links begin with, and of no other. */
    static final String PEERING = "p";

    /** What the names of the links to NICs begin with, and of no other. */
    static final String NIC = "v";

    private KernelNames() {}

    /** The router's end of a NIC's link. */
    static String link(NicId nic) {
        return NIC + digits(NicId.KIND, nic);
    }

    /** Either end of a peering's link. */
    static String link(NetPeeringId peering) {
        return PEERING + digits(NetPeeringId.KIND, peering);
    }

    /** What marks a packet that this route table decides for, and the number of the table. */
    static int number(RouteTableId table) {
        return Integer.parseUnsignedInt(digits(RouteTableId.KIND, table), 16);
    }

    /** What marks a flow that started in this peering. */
    static int mark(NetPeeringId peering) {
        return Integer.parseUnsignedInt(digits(NetPeeringId.KIND, peering), 16);
    }

    static String digits(IdKind<?> kind, ResourceId id) {
        return id.value().substring(kind.prefix().length());
    }
}
