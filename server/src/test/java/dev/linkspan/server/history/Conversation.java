package dev.linkspan.server.history;

import dev.linkspan.core.id.NicId;
import dev.linkspan.core.securitygroup.Traffic;
import dev.linkspan.server.reachability.Step.Form;
import java.util.Optional;

/** A flow, of which one packet at least has arrived. It is alive while its first packet would arrive again by the same way. */
final class Conversation {

    private final Packet first;
    private final Packet seen;
    private final Rulebook.FlowPath way;
    private boolean alive = true;
    private boolean certain;
    private boolean answered;
    private boolean turned;
    private boolean ledBack;
    private boolean ledAway;
    private Phase phase = Phase.BEGUN;

    /** How far a connection of TCP has come; of other protocols, only the first. */
    private enum Phase {
        BEGUN,
        ACCEPTED,
        ESTABLISHED,
        CLIENT_CLOSED,
        SERVER_CLOSED,
        OVER,
        UNKNOWN
    }

    /**
     * @param seen its first packet as its receiver got it
     * @param certain whether the rules say that it has begun; else they leave it open
     */
    Conversation(Packet first, Packet seen, Rulebook.FlowPath way, boolean certain) {
        this.first = first;
        this.seen = seen;
        this.way = way;
        this.certain = certain;
        if (first.isTcp() && first.form() != Form.SYN) {
            phase = Phase.UNKNOWN;
        }
    }

    Rulebook.FlowPath way() {
        return way;
    }

    Packet first() {
        return first;
    }

    /** What its receiver answers to. */
    Packet seen() {
        return seen;
    }

    boolean isAlive() {
        return alive;
    }

    /** Whether whoever tracks flows must know of it. */
    boolean isCertain() {
        return certain;
    }

    boolean isAnswered() {
        return answered;
    }

    /** It may not go on. */
    void interrupt() {
        alive = false;
        turned = false;
        certain = false;
    }

    /** While it is forbidden the same could begin the other way round, so that who asked whom may be forgotten. */
    void turn() {
        turned = true;
    }

    boolean isTurned() {
        return turned;
    }

    /** It may go on, and does with its next request. Whether a reply counts as one before that is open. */
    void revive() {
        alive = true;
    }

    /** What was known of it may be lost. */
    void doubt() {
        certain = false;
        if (first.isTcp()) {
            phase = Phase.UNKNOWN;
        }
    }

    /**
     * It has begun, or has asked once more.
     *
     * @param back whether a route leads its replies through its peering
     */
    void begin(boolean back) {
        ledBack = back;
        ledAway = false;
    }

    /** A route leads its replies into another peering, where its own end may forget it, until its next request. */
    void leadAway() {
        doubt();
        ledAway = true;
    }

    /** Whether one has done so since its last request. */
    boolean wasLedAway() {
        return ledAway;
    }

    /** A route leads its replies through its peering, if none did before. */
    void leadBack() {
        ledBack = true;
    }

    /** Whether one has done so since its last request. */
    boolean wasLedBack() {
        return ledBack;
    }

    boolean hasRequest(Packet.Subject packet) {
        return first.about().equals(packet);
    }

    boolean hasReply(Packet.Subject packet) {
        return seen.about().reversed().equals(packet);
    }

    /** Whether such a packet of it is sent by this NIC; through this peering or exit, if it leaves the Net. */
    boolean isSaidBy(NicId end, Optional<Rulebook.Passage> through, Packet.Subject packet) {
        return (through.isEmpty() || way.through().equals(through))
                && (hasRequest(packet) && way.from().equals(end)
                        || hasReply(packet) && way.to().equals(end));
    }

    /** Whether packets of one are like replies of the other. */
    boolean isTheOtherWayRound(Conversation other) {
        return hasReply(other.first.about()) && way.back().equals(other.way);
    }

    /**
     * Whether a stateful filter must know what to do with it. Rules say nothing of segments that no sane end would send, such
     * as data after the end: such a one may be dropped even where the connection may go on.
     */
    boolean expects(Form form, boolean reply) {
        if (first.header().protocol() != Traffic.TCP) {
            return true;
        }
        return switch (phase) {
            case BEGUN -> reply ? form == Form.SYN_ACK : form == Form.SYN;
            case ACCEPTED -> reply ? form == Form.SYN_ACK : form == Form.DATA;
            case ESTABLISHED -> form == Form.DATA || form == Form.FIN || form == Form.RST;
            case CLIENT_CLOSED -> reply && (form == Form.DATA || form == Form.FIN);
            case SERVER_CLOSED -> !reply && (form == Form.DATA || form == Form.FIN);
            case OVER, UNKNOWN -> false;
        };
    }

    /** Whether errors about it are sane: not about a connection that is over. */
    boolean toleratesErrors() {
        return phase != Phase.OVER && phase != Phase.UNKNOWN;
    }

    /** A packet of it has arrived. */
    void heard(Form form, boolean reply) {
        answered |= reply;
        boolean expected = expects(form, reply);
        certain |= expected && !reply;
        if (first.isTcp()) {
            phase = expected ? after(form, reply) : Phase.UNKNOWN;
        }
    }

    private Phase after(Form form, boolean reply) {
        return switch (form) {
            case SYN -> Phase.BEGUN;
            case SYN_ACK -> Phase.ACCEPTED;
            case FIN -> phase == Phase.ESTABLISHED ? (reply ? Phase.SERVER_CLOSED : Phase.CLIENT_CLOSED) : Phase.OVER;
            case RST -> Phase.OVER;
            default -> phase == Phase.ACCEPTED ? Phase.ESTABLISHED : phase;
        };
    }
}
