package dev.linkspan.server.reachability;

import dev.linkspan.core.reachability.BlockReason;
import dev.linkspan.core.reachability.Cause;
import dev.linkspan.core.reachability.Leg;
import dev.linkspan.core.reachability.Trace;
import dev.linkspan.server.network.Probe;
import dev.linkspan.server.network.ProbeResult;
import dev.linkspan.server.random.Table;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** How often each case was met, and which never was. */
final class Coverage {

    private static final String ANSWERED = "answered";
    private static final String RECEIVED = "received";
    private static final String LOST = "lost";

    /** What a reply can meet. */
    private static final Set<BlockReason> ON_THE_WAY_BACK = EnumSet.of(
            BlockReason.SOURCE_CHECK,
            BlockReason.NETWORK_ACL,
            BlockReason.NO_ROUTE,
            BlockReason.DEAD_ROUTE,
            BlockReason.WRONG_ROUTE,
            BlockReason.NOT_TRANSITIVE,
            BlockReason.HANDED_TO_APPLIANCE);

    /** What one owner is told of the other's side; the whole trace says what it is. */
    private static final EnumSet<BlockReason> TOLD_OF_OTHERS =
            EnumSet.of(BlockReason.NOT_LET_IN, BlockReason.NO_WAY_BACK);

    /** What is no matter of rules and routes, and not met by networks of a few packets; NetnsSharesTest fills a share. */
    private static final Set<BlockReason> OF_THE_MOMENT = EnumSet.of(BlockReason.TOO_MANY_FLOWS);

    /**
     * Where no peering connects two Nets, no route can lead to one either; and an internet service is not unlinked while a public
     * address stands for a machine (X1). What an appliance would do is not known, also where it takes nothing in.
     */
    private static final Set<BlockReason> NEVER_ALONE = EnumSet.of(
            BlockReason.NO_PEERING,
            BlockReason.INTERNET_SERVICE_NOT_LINKED,
            BlockReason.APPLIANCE_DOWN,
            BlockReason.SOURCE_DEST_CHECKED);

    private final Table blockReasons = new Table("what is in the way");
    private final Table situations = new Table("situation");
    private final Table changes = new Table("change");
    private final Table connections = new Table("connection");
    private final Map<Probe, ProbeResult> before = new HashMap<>();
    private final Map<Probe, Boolean> passedBefore = new HashMap<>();
    private long packets;
    private long refused;

    Coverage() {
        EnumSet<BlockReason> met = EnumSet.complementOf(TOLD_OF_OTHERS);
        met.removeAll(OF_THE_MOMENT);
        for (BlockReason blockReason : met) {
            blockReasons.demand(blockReason.name(), NEVER_ALONE.contains(blockReason) ? "there" : "there, alone");
            if (ON_THE_WAY_BACK.contains(blockReason)) {
                blockReasons.demand(blockReason.name(), "back, alone");
            }
        }
        Situation.demanded()
                .forEach((situation, results) -> results.forEach(result -> situations.demand(situation, result)));
        Arrays.stream(Step.class.getPermittedSubclasses())
                .map(Class::getSimpleName)
                .filter(CHANGES::contains)
                .forEach(change -> changes.demand(change, "while it carries packets"));
        Stream.of("lost, then answered", "answered, then lost").forEach(fate -> changes.demand("a packet", fate));
        Stream.of("goes on", "is cut", "stays cut", "is revived").forEach(fate -> connections.demand("tcp", fate));
    }

    private static final List<String> CHANGES = List.of(
            "Allow",
            "Revoke",
            "CreateRoute",
            "DeleteRoute",
            "AskForPeering",
            "AcceptPeering",
            "DeletePeering",
            "AddEntry",
            "RemoveEntry",
            "AssociateAcl",
            "RouteOutside",
            "LinkPublicIp",
            "UnlinkPublicIp",
            "CreateNatService",
            "DeleteNatService",
            "RouteByNat",
            "RouteByNic",
            "SetGroups",
            "SetSourceDestCheck",
            "StopVm",
            "StartVm",
            "DeleteVm",
            "FailSubregion",
            "HealSubregion");

    /** Another network begins: what became of packets on the last one does not matter to it. */
    void begin() {
        before.clear();
        passedBefore.clear();
    }

    long packets() {
        return packets;
    }

    long refused() {
        return refused;
    }

    void took(Step step, boolean done, boolean live) {
        String name = step.getClass().getSimpleName();
        if (!done) {
            refused++;
        } else if (live) {
            changes.count(name, "while it carries packets");
        }
    }

    void sent(Probe probe, Trace trace, ProbeResult result, List<String> met) {
        packets++;
        asked(trace);
        String fate = fate(result);
        met.forEach(situation -> situations.count(situation, fate));
        Optional.ofNullable(before.put(probe, result))
                .map(Coverage::fate)
                .filter(was -> !was.equals(fate))
                .ifPresent(was -> changes.count("a packet", was + ", then " + fate));
    }

    private static String fate(ProbeResult result) {
        return result.answered() ? ANSWERED : result.receivers().isEmpty() ? LOST : RECEIVED;
    }

    /** Counts what the analysis found to be in the way. */
    void asked(Trace trace) {
        List<Cause> causes = trace.verdict().causes();
        for (Cause cause : causes) {
            String leg = cause.step().leg() == Leg.THERE ? "there" : "back";
            blockReasons.count(cause.blockReason().name(), leg);
            if (causes.size() == 1) {
                blockReasons.count(cause.blockReason().name(), leg + ", alone");
            }
        }
    }

    void flow(Probe first, boolean passes) {
        boolean passed = Optional.ofNullable(passedBefore.put(first, passes)).orElse(true);
        connections.count("tcp", passes ? passed ? "goes on" : "is revived" : passed ? "is cut" : "stays cut");
    }

    private Stream<Table> tables() {
        return Stream.of(blockReasons, situations, changes, connections);
    }

    /** How many cases there are to be met. */
    int cases() {
        return tables().mapToInt(Table::demanded).sum();
    }

    /** The cases that were never met. */
    List<String> holes() {
        return tables().flatMap(table -> table.holes().stream()).toList();
    }

    String text() {
        return blockReasons.text() + "\n" + situations.text() + "\n" + changes.lines() + "\n" + connections.lines();
    }
}
