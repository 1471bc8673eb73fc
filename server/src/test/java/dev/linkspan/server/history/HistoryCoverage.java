package dev.linkspan.server.history;

import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.server.random.Table;
import dev.linkspan.server.reachability.Step;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** How often each case was met, and which never was. */
final class HistoryCoverage {

    private static final List<String> PROTOCOLS = List.of("udp", "fragments", "tcp", "icmp", "253");
    private static final List<String> SIDES = List.of("request", "reply", "error");
    private static final List<String> FATES = List.of("arrived", "dropped");

    /** What can happen, by the words for it; what ends flows is marked. */
    private static final List<String> CHANGES = List.of(
            "Allow",
            "CreateRoute",
            "AddEntry",
            "RemoveEntry",
            "AssociateAcl",
            "RouteOutside",
            "LinkInternetService",
            "UnlinkInternetService",
            "LinkPublicIp",
            "AcceptPeering",
            "AskForPeering",
            "LinkNic",
            "StartVm",
            "CreateVm",
            "HealSubregion",
            "Restart",
            "Repair RULES_DELETED",
            "Repair ROUTES_DELETED",
            "Repair FILTER_DELETED",
            "Repair LINK_DELETED");

    private static final List<String> ENDINGS = List.of(
            "Revoke",
            "DeleteRoute",
            "UpdateRoute",
            "LinkTable",
            "UnlinkTable",
            "DeletePeering",
            "UnlinkPublicIp",
            "SetGroups",
            "SetSourceDestCheck",
            "StopVm",
            "DeleteVm",
            "UnlinkNic",
            "MoveAddress",
            "FailSubregion");

    private static final List<RefusalCode> REFUSALS = List.of(
            RefusalCode.ALREADY_LINKED,
            RefusalCode.NET_HAS_INTERNET_SERVICE,
            RefusalCode.CONFLICT,
            RefusalCode.NOT_LINKED,
            RefusalCode.ACL_ENTRY_EXISTS,
            RefusalCode.UNKNOWN_ACL_ENTRY);

    private final Table changes = new Table("after a change");
    private final Table endings = new Table("flows");
    private final Table sides = new Table("protocol and side");
    private final Table twins = new Table("equal flows of two peerings");
    private final Table outside = new Table("by an exit");
    private final Table borders = new Table("stopped by an ACL");
    private final Table answers = new Table("calls about edges");
    private final Set<String> last = new TreeSet<>();
    private boolean said;
    private long packets;
    private long changed;
    private long refused;
    private long repeated;
    private long undecided;

    HistoryCoverage() {
        Stream.concat(CHANGES.stream(), ENDINGS.stream())
                .forEach(change -> PROTOCOLS.forEach(
                        protocol -> SIDES.forEach(side -> changes.demand(change, protocol + ", " + side))));
        REFUSALS.forEach(code -> answers.demand("answered", code.name()));
        ENDINGS.forEach(change -> endings.demand(change, "ended"));
        PROTOCOLS.forEach(protocol ->
                SIDES.forEach(side -> FATES.forEach(fate -> sides.demand(protocol + ", " + side, fate))));
        PROTOCOLS.forEach(protocol -> SIDES.forEach(side -> twins.demand(protocol, side)));
        PROTOCOLS.forEach(protocol -> SIDES.forEach(side -> borders.demand(protocol, side)));
        PROTOCOLS.forEach(protocol -> SIDES.stream()
                .filter(side -> !side.equals("error"))
                .forEach(side -> FATES.forEach(fate -> outside.demand(protocol + ", " + side, fate))));
    }

    /** Counts what was met in other histories too. */
    void add(HistoryCoverage other) {
        List<Table> others = other.tables().toList();
        List<Table> own = tables().toList();
        for (int i = 0; i < own.size(); i++) {
            own.get(i).add(others.get(i));
        }
        packets += other.packets;
        changed += other.changed;
        refused += other.refused;
        repeated += other.repeated;
        undecided += other.undecided;
    }

    void answered(EdgeCalls.Answer answer) {
        answers.count("answered", answer.refusal().map(RefusalCode::name).orElse("done"));
    }

    void begin() {
        last.clear();
    }

    void changed(Step step, boolean done, long ended) {
        String name = name(step);
        if (!done) {
            refused++;
            return;
        }
        changed++;
        if (said) {
            last.clear();
            said = false;
        }
        last.add(name);
        if (ended > 0) {
            endings.count(name, "ended");
        }
    }

    private static String name(Step step) {
        String name = step.getClass().getSimpleName();
        return step instanceof Step.Repair repair ? name + " " + repair.harm() : name;
    }

    void said(Step.Say say, Packet packet, Verdict verdict, boolean arrived, long namesakes) {
        packets++;
        String protocol = say.form() == Step.Form.FRAGMENTS ? "fragments" : say.protocol();
        String side = packet.isError() ? "error" : say.part() == Step.Part.REPLY ? "reply" : "request";
        said = true;
        last.forEach(change -> changes.count(change, protocol + ", " + side));
        switch (verdict.fate()) {
            case MUST_ARRIVE -> sides.count(protocol + ", " + side, "arrived");
            case MUST_NOT_ARRIVE -> sides.count(protocol + ", " + side, "dropped");
            case MAY_ARRIVE -> {
                undecided++;
                sides.count(protocol + ", " + side, arrived ? "open, arrived" : "open, dropped");
            }
        }
        if (namesakes > 1) {
            twins.count(protocol, side);
        }
        if (verdict.why().equals(Verdict.STOPPED_AT_A_BORDER)) {
            borders.count(protocol, side);
        }
        if (Edges.PUBLIC.containsValue(packet.to().toString()) && !verdict.isOpen()) {
            outside.count(protocol + ", " + side, verdict.isMust() ? "arrived" : "dropped");
        }
    }

    void repeated() {
        repeated++;
    }

    long packets() {
        return packets;
    }

    long changes() {
        return changed;
    }

    long refused() {
        return refused;
    }

    long repetitions() {
        return repeated;
    }

    long undecided() {
        return undecided;
    }

    private Stream<Table> tables() {
        return Stream.of(changes, endings, sides, twins, outside, borders, answers);
    }

    int cases() {
        return tables().mapToInt(Table::demanded).sum();
    }

    List<String> holes() {
        return tables().flatMap(table -> table.holes().stream()).toList();
    }

    String text() {
        return changes.text() + "\n" + endings.lines() + "\n" + sides.text() + "\n" + twins.text() + "\n"
                + outside.text() + "\n" + borders.text() + "\n" + answers.lines();
    }
}
