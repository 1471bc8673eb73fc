package dev.linkspan.server.network.ovn;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.address.CidrSet;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.plan.GroupRule;
import dev.linkspan.core.plan.NetPlan;
import dev.linkspan.core.plan.NetPlan.GroupRules;
import dev.linkspan.core.plan.NetPlan.Port;
import dev.linkspan.core.securitygroup.Direction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Compiles the security groups of a Net: each is a group of ports with a rule (ACL) for each kind of traffic, whose counterparts are in
 * an address set of its own. What none lets pass is dropped by the group of all ports. Every packet of a flow's first direction is
 * judged anew (S3); replies pass by the flow.
 */
final class OvnFilter {

    private static final int LET_THROUGH = 1002;
    private static final int DROP_REST = 1000;

    private final NetPlan plan;
    private final Map<Port, NbRow> ports;
    private final List<NbRow> rows = new ArrayList<>();

    private OvnFilter(NetPlan plan, Map<Port, NbRow> ports) {
        this.plan = plan;
        this.ports = ports;
    }

    /** @param ports the rows of the Net's ports */
    static List<NbRow> rows(NetPlan plan, Map<Port, NbRow> ports) {
        OvnFilter filter = new OvnFilter(plan, ports);
        filter.addEveryPort();
        plan.groups().values().forEach(filter::add);
        return filter.rows;
    }

    private void addEveryPort() {
        String name = OvnNames.everyPort(plan.net());
        List<NbRow> acls = Stream.of(Direction.values())
                .map(direction -> acl("drop " + direction, direction)
                        .whole("priority", DROP_REST)
                        .text("match", "%s && ip".formatted(judged(direction, name)))
                        .text("action", "drop")
                        .row())
                .toList();
        rows.addAll(acls);
        rows.add(group("every port", name, _ -> true, acls));
    }

    private void add(GroupRules group) {
        List<NbRow> acls = new ArrayList<>();
        group.inbound().forEach(rule -> acls.add(addRule(group.id(), Direction.INBOUND, rule)));
        group.outbound().forEach(rule -> acls.add(addRule(group.id(), Direction.OUTBOUND, rule)));
        rows.add(group(
                "group " + group.id(),
                OvnNames.group(group.id()),
                port -> port.groups().contains(group.id()),
                acls));
    }

    private NbRow group(String key, String name, Predicate<Port> members, List<NbRow> acls) {
        List<NbRow> its = ports.entrySet().stream()
                .filter(port -> members.test(port.getKey()))
                .map(Map.Entry::getValue)
                .toList();
        return NbRow.in(NbTable.PORT_GROUP, key)
                .text("name", name)
                .refers("ports", its)
                .refers("acls", acls)
                .row();
    }

    private NbRow addRule(SecurityGroupId group, Direction direction, GroupRule rule) {
        String traffic = OvnMatch.word(rule.traffic());
        String match = "%s && %s".formatted(judged(direction, OvnNames.group(group)), OvnMatch.of(rule.traffic()));
        CidrSet counterparts = counterparts(rule);
        if (!counterparts.ranges().equals(List.of(Cidr.ALL))) {
            String set = OvnNames.counterparts(group, direction, traffic);
            rows.add(NbRow.in(NbTable.ADDRESS_SET, "counterparts %s %s %s".formatted(group, direction, traffic))
                    .text("name", set)
                    .texts(
                            "addresses",
                            counterparts.ranges().stream().map(Cidr::toString).toList())
                    .row());
            match += " && %s == $%s".formatted(direction == Direction.INBOUND ? "ip4.src" : "ip4.dst", set);
        }
        NbRow acl = acl("rule %s %s %s".formatted(group, direction, traffic), direction)
                .whole("priority", LET_THROUGH)
                .text("match", match)
                .text("action", "allow-related")
                .row();
        rows.add(acl);
        return acl;
    }

    /** The ranges, and whoever is in one of the groups. */
    private CidrSet counterparts(GroupRule rule) {
        Stream<Cidr> members = rule.groups().stream()
                .flatMap(group -> plan.members().getOrDefault(group, Set.of()).stream())
                .map(member -> Cidr.of(member.address()));
        return CidrSet.of(
                Stream.concat(rule.ranges().ranges().stream(), members).toList());
    }

    private static NbRow.Builder acl(String key, Direction direction) {
        return NbRow.in(NbTable.ACL, key).text("direction", direction == Direction.INBOUND ? "to-lport" : "from-lport");
    }

    private static String judged(Direction direction, String group) {
        return "%s == @%s".formatted(direction == Direction.INBOUND ? "outport" : "inport", group);
    }
}
