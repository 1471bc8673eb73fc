package dev.linkspan.server.network;

/**
 * How many flows may be open in a Net's router.
 *
 * @param perNic those that one NIC has opened
 * @param perPeering those that the peer has opened through one peering, and those that were opened from outside
 */
public record FlowLimits(int perNic, int perPeering) {

    /** A sixteenth of the table that Linux gives a router unless told otherwise. */
    public static final FlowLimits STANDARD = new FlowLimits(16_384, 16_384);

    public FlowLimits {
        if (perNic < 1 || perPeering < 1) {
            throw new IllegalArgumentException("a share of %d or %d flows".formatted(perNic, perPeering));
        }
    }

    /** How many flows there are at least where anybody has reached a limit. */
    public int smallest() {
        return Math.min(perNic, perPeering);
    }
}
