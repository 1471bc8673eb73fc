package dev.linkspan.server.network.netns;

import dev.linkspan.core.id.IdKind;
import dev.linkspan.core.id.NatServiceId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.id.ResourceId;
import dev.linkspan.core.id.RouteTableId;
import dev.linkspan.core.plan.NetPlan.Link;
import dev.linkspan.core.plan.NetPlan.NextHop;
import dev.linkspan.core.plan.NetPlan.Port;
import java.util.Optional;

/**
 * What things are called in the kernel. Everything follows from ids, so that a server that starts again finds what it
 * made. Numbers are the id's eight digits, and since no id is below {@link IdKind#FIRST}, they never meet the kernel's own
 * table numbers, nor those here.
 */
final class KernelNames {

    /** The table that routes inside the Net. */
    static final int LOCAL_TABLE = 100;

    /** The table for what the router itself has to say to peers. */
    static final int OWN_TABLE = 101;

    /** What marks a flow through the Net's exit. */
    static final int EXIT_MARK = 1;

    /** What marks a flow through a NAT service, from its sender to there. */
    static final int NAT_MARK = 2;

    /** What marks a flow that a route hands to an appliance, from its sender to there. */
    static final int APPLIANCE_MARK = 3;

    /** The table for what passes by an appliance. */
    static final int BYPASS_TABLE = 102;

    /** What marks a packet that the table decides for. */
    static final int BYPASS_MARK = 4;

    /** What marks a packet that comes in again and may begin a flow. */
    static final int OPENING_MARK = 5;

    private KernelNames() {}

    /** The router's end of a NIC's link. */
    static String link(NicId nic) {
        return LinkKind.NIC.name(digits(NicId.KIND, nic));
    }

    /** Either end of a Net's link to the outside. */
    static String exit(NetId net) {
        return LinkKind.EXIT.name(digits(NetId.KIND, net));
    }

    /** The end of a Net's link with itself by which packets pass by an appliance. */
    static String bypass(NetId net) {
        return LinkKind.BYPASS.name(digits(NetId.KIND, net));
    }

    /** The other end of that link. */
    static String reentry(NetId net) {
        return LinkKind.REENTRY.name(digits(NetId.KIND, net));
    }

    /**
     * The zone of connection tracking for what a machine passes on: the half of its first NIC's address that is its own, since no
     * Net is larger than a /16.
     */
    static int zone(Port first) {
        return first.addresses().getFirst().bits() & 0xffff;
    }

    /** Either end of a peering's link. */
    static String link(NetPeeringId peering) {
        return LinkKind.PEERING.name(digits(NetPeeringId.KIND, peering));
    }

    /** Either end of a NAT service's link. */
    static String link(NatServiceId nat) {
        return LinkKind.NAT.name(digits(NatServiceId.KIND, nat));
    }

    /** The router's end of a link. */
    static String link(Link link) {
        return switch (link) {
            case Link.ToNic(NicId nic) -> link(nic);
            case Link.ToPeer(NetPeeringId peering) -> link(peering);
        };
    }

    /** What marks a packet that this route table decides for, and the number of the table. */
    static int number(RouteTableId table) {
        return Integer.parseUnsignedInt(digits(RouteTableId.KIND, table), 16);
    }

    /** What marks a flow that started in this peering. */
    static int mark(NetPeeringId peering) {
        return Integer.parseUnsignedInt(digits(NetPeeringId.KIND, peering), 16);
    }

    /** What marks a flow that goes this way; empty where none does. */
    static Optional<Integer> mark(NextHop hop) {
        return switch (hop) {
            case NextHop.Peering(NetPeeringId peering) -> Optional.of(mark(peering));
            case NextHop.Exit() -> Optional.of(EXIT_MARK);
            case NextHop.Nat _ -> Optional.of(NAT_MARK);
            case NextHop.Nic _ -> Optional.of(APPLIANCE_MARK);
            case NextHop.Requested _, NextHop.Blackhole() -> Optional.empty();
        };
    }

    /** Whether flows through a peering have this mark, and not others. */
    static boolean isOfPeering(int mark) {
        return Integer.compareUnsigned(mark, IdKind.FIRST) >= 0;
    }

    static String digits(IdKind<?> kind, ResourceId id) {
        return id.value().substring(kind.prefix().length());
    }
}
