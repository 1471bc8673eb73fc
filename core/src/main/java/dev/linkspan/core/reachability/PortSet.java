package dev.linkspan.core.reachability;

import dev.linkspan.core.securitygroup.Traffic;
import java.util.ArrayList;
import java.util.List;

/** Ports of one protocol, as ranges that do not overlap. */
record PortSet(List<Range> ranges) {

    static final PortSet NONE = new PortSet(List.of());
    static final PortSet ALL = of(0, Traffic.Ports.LAST);

    PortSet {
        ranges = List.copyOf(ranges);
    }

    /** From the first port to the last one, both included. */
    record Range(int first, int last) {}

    static PortSet of(int first, int last) {
        return new PortSet(List.of(new Range(first, last)));
    }

    boolean isEmpty() {
        return ranges.isEmpty();
    }

    PortSet minus(PortSet taken) {
        List<Range> left = ranges;
        for (Range range : taken.ranges) {
            left = left.stream().flatMap(it -> without(it, range).stream()).toList();
        }
        return new PortSet(left);
    }

    private static List<Range> without(Range range, Range taken) {
        if (taken.last < range.first || range.last < taken.first) {
            return List.of(range);
        }
        List<Range> left = new ArrayList<>();
        if (range.first < taken.first) {
            left.add(new Range(range.first, taken.first - 1));
        }
        if (taken.last < range.last) {
            left.add(new Range(taken.last + 1, range.last));
        }
        return left;
    }
}
