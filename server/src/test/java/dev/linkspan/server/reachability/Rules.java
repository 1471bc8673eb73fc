package dev.linkspan.server.reachability;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.securitygroup.Direction;
import dev.linkspan.server.reachability.Draft.DraftNet;
import java.util.List;

/** Draws the rules of security groups, about the protocols and ports that are sent later. */
final class Rules {

    private static final Cidr ALL = Cidr.ALL;

    private final Draft draft;

    Rules(Draft draft) {
        this.draft = draft;
    }

    /** @param protocol as both APIs write it, with its first and last port or its ICMP type and code */
    private record What(String protocol, int from, int to) {}

    /** Each lets some of what is sent pass, and some not. */
    private static final List<What> WHATS = List.of(
            new What("-1", 0, 0),
            new What("tcp", 22, 22),
            new What("tcp", 23, 80),
            new What("tcp", 0, 65_535),
            new What("udp", 5000, 5999),
            new What("udp", 6000, 6000),
            new What("icmp", -1, -1),
            new What("icmp", 8, 0),
            new What("icmp", 8, -1),
            new What("icmp", 13, -1),
            new What("icmp", 8, 1),
            new What("253", 0, 0),
            new What("47", 0, 0));

    void add(DraftNet net, String group, Direction direction, int count) {
        for (int i = 0; i < count; i++) {
            draft.newRule(rule(draft.any(WHATS), net, group, direction));
        }
    }

    /** A rule about a group of a peer. */
    void addReference(DraftNet net, String group, String whom) {
        What what = draft.any(WHATS);
        Direction direction = draft.percent(80) ? Direction.INBOUND : Direction.OUTBOUND;
        if (net.groups.contains(group)) {
            draft.newRule(new Step.Allow(group, direction, what.protocol(), what.from(), what.to(), whom));
        }
    }

    private Step.Allow rule(What what, DraftNet net, String group, Direction direction) {
        return new Step.Allow(group, direction, what.protocol(), what.from(), what.to(), whom(net));
    }

    private String whom(DraftNet net) {
        return switch (draft.random.nextInt(6)) {
            case 0, 1 -> ALL.toString();
            case 2 -> draft.any(draft.nets).range.toString();
            case 3 -> draft.any(draft.any(draft.nets).subnets).range().toString();
            case 4 -> Cidr.of(draft.any(draft.vms()).addresses.getFirst()).toString();
            default -> draft.any(net.groups);
        };
    }
}
