package dev.linkspan.server.reachability;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.securitygroup.Direction;
import dev.linkspan.server.reachability.Draft.DraftNet;
import dev.linkspan.server.reachability.Draft.DraftSubnet;
import java.util.List;

/** Draws network ACLs: some let all pass but for a little, some only a little, and what answers it or not. */
final class Borders {

    private final Draft draft;

    Borders(Draft draft) {
        this.draft = draft;
    }

    /** @param protocol as both APIs write it, with its first and last port or its ICMP type and code */
    private record What(String protocol, int from, int to) {}

    private static final What EVERYTHING = new What("-1", 0, 0);

    /**
     * Each lets some of what is sent pass, and some not. The ports that a reply goes to are always meant together: which one
     * a machine chooses is not known.
     */
    private static final List<What> WHATS = List.of(
            EVERYTHING,
            new What("tcp", 22, 22),
            new What("tcp", 23, 80),
            new What("tcp", 1024, 65_535),
            new What("tcp", 32_768, 60_999),
            new What("udp", 5000, 5999),
            new What("udp", 0, 65_535),
            new What("udp", 32_768, 65_535),
            new What("icmp", -1, -1),
            new What("icmp", 8, -1),
            new What("icmp", 0, -1),
            new What("icmp", 14, 0),
            new What("253", 0, 0));

    private static final int LAST_DRAWN = 200;

    void draw(DraftNet net) {
        for (DraftSubnet subnet : net.subnets) {
            if (draft.percent(25)) {
                String acl = net.name + ".acl" + net.acls.size();
                draft.add(new Step.CreateAcl(acl, net.name));
                fill(net, acl);
                draft.add(new Step.AssociateAcl(subnet.name(), acl));
                net.acls.add(acl);
            }
        }
        if (draft.percent(10)) {
            add(net, net.acls.getFirst(), draft.any(List.of(Direction.values())), draft.percent(30));
        }
    }

    private void fill(DraftNet net, String acl) {
        boolean open = draft.percent(60);
        for (Direction direction : Direction.values()) {
            if (open || draft.percent(30)) {
                add(acl, LAST_DRAWN + 1, direction, EVERYTHING, Cidr.ALL, true);
            }
            int count = draft.random.nextInt(4);
            for (int i = 0; i < count; i++) {
                add(net, acl, direction, draft.percent(open ? 30 : 80));
            }
        }
    }

    /** An entry with any number, of those that are before the last one. */
    void add(DraftNet net, String acl, Direction direction, boolean allows) {
        int number = 1 + draft.random.nextInt(LAST_DRAWN);
        boolean taken = draft.steps.stream()
                .anyMatch(step -> step instanceof Step.AddEntry entry
                        && entry.acl().equals(acl)
                        && entry.direction() == direction
                        && entry.number() == number);
        if (!taken) {
            add(acl, number, direction, draft.any(WHATS), range(net), allows);
        }
    }

    private void add(String acl, int number, Direction direction, What what, Cidr range, boolean allows) {
        Step.AddEntry entry = new Step.AddEntry(
                acl, number, direction, what.protocol(), what.from(), what.to(), range.toString(), allows);
        draft.entries.add(entry);
        draft.add(entry);
    }

    private Cidr range(DraftNet net) {
        return switch (draft.random.nextInt(6)) {
            case 0, 1, 2 -> Cidr.ALL;
            case 3 -> draft.any(draft.nets).range;
            case 4 ->
                draft.any(draft.percent(50) ? net.subnets : draft.any(draft.nets).subnets)
                        .range();
            default -> Cidr.of(draft.any(draft.vms()).addresses.getFirst());
        };
    }
}
