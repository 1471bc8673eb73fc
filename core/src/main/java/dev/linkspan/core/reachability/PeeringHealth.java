package dev.linkspan.core.reachability;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.address.CidrSet;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.id.RouteTableId;
import dev.linkspan.core.id.SubnetId;
import dev.linkspan.core.peering.PeeringStateName;
import dev.linkspan.core.securitygroup.Traffic;
import java.util.List;
import java.util.Optional;

/**
 * A peering as a whole: what each Subnet of either side does for it, and what is wrong.
 *
 * @param source the requester's side
 * @param accepter the other one
 * @param passable whether it lets anything pass: it is active, and there is a pair of Subnets that lead to one another
 *     through it, one of which lets something in
 * @param findings in the order in which to look at them
 */
public record PeeringHealth(
        NetPeeringId peering,
        PeeringStateName state,
        Side source,
        Side accepter,
        boolean passable,
        List<Finding> findings) {

    public PeeringHealth {
        findings = List.copyOf(findings);
    }

    /**
     * One side.
     *
     * @param leads how much of the peer's range is led through the peering, all Subnets together
     * @param admits whether some rule lets something of the peer in
     * @param subnets its Subnets, where the viewer may see them
     */
    public record Side(NetId net, AccountId owner, Cidr range, Share leads, boolean admits, List<SubnetSide> subnets) {
        public Side {
            subnets = List.copyOf(subnets);
        }

        private Side seenFromOutside(boolean told) {
            return new Side(net, owner, range, told ? leads : Share.UNTOLD, told && admits, List.of());
        }
    }

    /** How much of something. */
    public enum Share {
        ALL,
        SOME,
        NONE,
        /** The other owner's, while no active peering shows that both want to talk. */
        UNTOLD
    }

    /**
     * A Subnet.
     *
     * @param led the addresses of the peer that its table leads through the peering
     * @param admitted what rules of groups of its NICs let in from the peer, as far as its network ACL lets any of that pass
     * @param leaving what its network ACL lets out
     */
    public record SubnetSide(
            SubnetId subnet,
            Cidr range,
            RouteTableId table,
            CidrSet led,
            List<Traffic> admitted,
            ReachAcrossBorders leaving) {
        public SubnetSide {
            admitted = List.copyOf(admitted);
        }

        private boolean sendsAny(List<Traffic> admitted, SubnetSide other) {
            return admitted.stream().anyMatch(it -> leaving.passesAny(it, CidrSet.of(List.of(other.range))));
        }

        private boolean leadsInto(SubnetSide other) {
            return !led.intersection(CidrSet.of(List.of(other.range))).isEmpty();
        }
    }

    static PeeringHealth of(
            NetPeeringId peering, PeeringStateName state, Side source, Side accepter, List<Finding> findings) {
        boolean passable = state == PeeringStateName.ACTIVE
                && source.subnets().stream()
                        .anyMatch(one -> accepter.subnets().stream().anyMatch(other -> passable(one, other)));
        return new PeeringHealth(peering, state, source, accepter, passable, findings);
    }

    private static boolean passable(SubnetSide one, SubnetSide other) {
        return one.leadsInto(other)
                && other.leadsInto(one)
                && (one.sendsAny(other.admitted(), other) || other.sendsAny(one.admitted(), one));
    }

    /** Something that is wrong, or that does nothing. */
    public enum Kind {
        /** It carries nothing in this state. */
        NOT_ACTIVE,
        /** A table that Subnets use leads none of the peer's range through the peering. */
        NO_ROUTE,
        /**
         * A route within the peer's range leads to a peering that is dead, to an internet service that is not linked, or to a NAT
         * service that is deleted.
         */
        DEAD_ROUTE,
        /** A route into the peering covers no address of the peer: nothing passes beyond it (P11). */
        NOT_TRANSITIVE,
        /** A route into the peering covers more than the peer: the rest is dropped there (R2). */
        WIDE_ROUTE,
        /** No rule lets anything in from the peer. */
        NO_RULE,
        /** Rules let something in from the peer, and the network ACL at the Subnet's border nothing of it, or no reply (N2). */
        CLOSED_BORDER,
        /** A rule names a group of the peer, and the peering is not active (S5). */
        STALE_RULE
    }

    /**
     * A finding.
     *
     * @param net on whose side
     * @param why in a sentence
     */
    public record Finding(Kind kind, NetId net, AccountId owner, String why, Optional<Remedy> remedy) {}

    /** Pairs of Subnets between which packets go and come: those of the source, then those of the accepter. */
    public record Pair(SubnetId source, SubnetId accepter, boolean there, boolean back) {}

    /** Every pair of Subnets, as far as both are seen: whether each leads to all of the other one. */
    public List<Pair> pairs() {
        return source.subnets().stream()
                .flatMap(one -> accepter.subnets().stream()
                        .map(other -> new Pair(
                                one.subnet(), other.subnet(), leads(one, other.range()), leads(other, one.range()))))
                .toList();
    }

    private static boolean leads(SubnetSide side, Cidr range) {
        return CidrSet.of(List.of(range)).minus(side.led()).isEmpty();
    }

    /**
     * What an account may know: its own side in full, of the other one whether it leads and lets in at all. Whether anything
     * passes is said by what is told of both: a viewer who changes its own routes could otherwise find out the other's
     * Subnets one by one.
     *
     * @param agreed whether both owners agreed to the peering in truth
     */
    PeeringHealth seenBy(AccountId viewer, boolean agreed) {
        if (source.owner().equals(viewer) && accepter.owner().equals(viewer)) {
            return this;
        }
        List<Finding> own = findings.stream()
                .filter(finding -> finding.owner().equals(viewer) || finding.kind() == Kind.NOT_ACTIVE)
                .toList();
        boolean passes = agreed
                && source.leads() != Share.NONE
                && accepter.leads() != Share.NONE
                && (source.admits() || accepter.admits());
        return new PeeringHealth(
                peering,
                state,
                source.owner().equals(viewer) ? source : source.seenFromOutside(agreed),
                accepter.owner().equals(viewer) ? accepter : accepter.seenFromOutside(agreed),
                passes,
                own);
    }
}
