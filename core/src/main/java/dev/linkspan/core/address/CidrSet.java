package dev.linkspan.core.address;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;

/**
 * A set of IPv4 addresses, kept as the fewest CIDRs that make it up, in order and disjoint. Packet filters want it so:
 * overlapping elements are refused by nftables' interval sets.
 */
public record CidrSet(List<Cidr> ranges) {

    public static final CidrSet EMPTY = new CidrSet(List.of());

    /** The union of the ranges, whatever they overlap. */
    public static CidrSet of(Collection<Cidr> ranges) {
        Deque<Cidr> merged = new ArrayDeque<>();
        for (Cidr range : ranges.stream().sorted().toList()) {
            Cidr last = merged.peekLast();
            if (last == null || !last.contains(range)) {
                merged.addLast(range);
                joinSiblings(merged);
            }
        }
        return new CidrSet(merged.stream().toList());
    }

    public CidrSet {
        ranges = List.copyOf(ranges);
        for (int i = 1; i < ranges.size(); i++) {
            if (ranges.get(i - 1).last().compareTo(ranges.get(i).network()) >= 0) {
                throw new IllegalArgumentException("%s is not in order and disjoint".formatted(ranges));
            }
        }
    }

    /** Two halves of one range at the end of the list become that range, repeatedly. */
    private static void joinSiblings(Deque<Cidr> merged) {
        while (merged.size() > 1) {
            Cidr right = merged.removeLast();
            Cidr left = merged.removeLast();
            boolean siblings = left.length() == right.length()
                    && left.length() > 0
                    && left.network().bits() == (right.network().bits() & ~lowestNetworkBit(right));
            if (!siblings) {
                merged.addLast(left);
                merged.addLast(right);
                return;
            }
            merged.addLast(new Cidr(left.network(), left.length() - 1));
        }
    }

    private static int lowestNetworkBit(Cidr range) {
        return 1 << (32 - range.length());
    }

    public boolean contains(Ipv4 address) {
        return ranges.stream().anyMatch(range -> range.contains(address));
    }

    public boolean isEmpty() {
        return ranges.isEmpty();
    }

    public CidrSet union(CidrSet other) {
        List<Cidr> all = new ArrayList<>(ranges);
        all.addAll(other.ranges);
        return of(all);
    }

    /** The addresses that are in both. */
    public CidrSet intersection(CidrSet other) {
        List<Cidr> common = new ArrayList<>();
        for (Cidr one : ranges) {
            for (Cidr another : other.ranges) {
                if (one.overlaps(another)) {
                    common.add(one.contains(another) ? another : one);
                }
            }
        }
        return of(common);
    }

    /** The addresses that are not in the range. */
    public CidrSet minus(Cidr taken) {
        List<Cidr> left = new ArrayList<>();
        ranges.forEach(range -> addRest(range, taken, left));
        return of(left);
    }

    /** The addresses that are not in the other set. */
    public CidrSet minus(CidrSet taken) {
        CidrSet left = this;
        for (Cidr range : taken.ranges) {
            left = left.minus(range);
        }
        return left;
    }

    /** Halves the range until each part is in what is taken, or out of it. */
    private static void addRest(Cidr range, Cidr taken, List<Cidr> left) {
        if (!range.overlaps(taken)) {
            left.add(range);
        } else if (!taken.contains(range)) {
            Cidr lower = new Cidr(range.network(), range.length() + 1);
            addRest(lower, taken, left);
            addRest(new Cidr(lower.last().plus(1), lower.length()), taken, left);
        }
    }

    @Override
    public String toString() {
        return ranges.toString();
    }
}
