package dev.linkspan.acceptance.concurrency;

import dev.linkspan.acceptance.concurrency.Peering.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Goes through a log event by event and checks what has to hold after each: at most one active peering between two Nets
 * (P3), no quota exceeded (P12), every transition one that the matrix has, and recorded once (L1, L9), at a time at which
 * it was possible (L2, L3), numbers without gaps, times that do not run backwards.
 */
final class LogReplay {

    private final World world;
    private final List<String> faults = new ArrayList<>();
    private final Map<String, Peering> peerings = new LinkedHashMap<>();
    private final Set<String> forgotten = new HashSet<>();
    private long sequence;
    private Instant now = Instant.EPOCH;

    private LogReplay(World world) {
        this.world = world;
    }

    /** What is wrong with the log; nothing where all is well. */
    static List<String> faults(World world, List<LogEntry> log) {
        LogReplay replay = new LogReplay(world);
        log.forEach(replay::apply);
        return replay.faults;
    }

    private void apply(LogEntry entry) {
        demand(entry.sequence() == sequence + 1, entry, "does not follow number " + sequence);
        demand(!entry.at().isBefore(now), entry, "is earlier than the event before it, " + now);
        sequence = entry.sequence();
        now = entry.at();
        demand(!forgotten.contains(entry.subject()), entry, "is about what was forgotten");
        boolean born = !peerings.containsKey(entry.subject());
        switch (entry.type()) {
            case "NET_PEERING_REQUESTED" -> requested(entry, born);
            case "NET_PEERING_FAILED" -> {
                demand(born, entry, "fails what there was");
                put(entry, State.FAILED);
            }
            case "NET_PEERING_REJECTED" -> {
                demand(born ? connected(entry) : waits(entry), entry, "rejects what does not wait for an answer");
                put(entry, State.REJECTED);
            }
            case "NET_PEERING_ACCEPTED" -> accepted(entry);
            case "NET_PEERING_EXPIRED" -> {
                demand(isIn(entry, State.PENDING) && !waits(entry), entry, "is not due");
                put(entry, State.EXPIRED);
            }
            case "NET_PEERING_DELETED" -> {
                demand(waits(entry) || isIn(entry, State.ACTIVE), entry, "deletes what is not alive");
                put(entry, State.DELETED);
            }
            case "NET_PEERING_FORGOTTEN" -> {
                demand(!born && !peerings.get(entry.subject()).isVisibleAt(now), entry, "is still to be seen");
                peerings.remove(entry.subject());
                forgotten.add(entry.subject());
            }
            default -> {}
        }
    }

    private void requested(LogEntry entry, boolean born) {
        demand(born, entry, "requests what there was");
        demand(!connected(entry), entry, "asks for what there is");
        put(entry, State.PENDING);
        long outstanding = peerings.values().stream()
                .filter(it -> it.at(now).isPending() && it.source().equals(entry.actor()))
                .count();
        demand(outstanding <= world.limitsOf(entry.actor()).outstanding(), entry, "is a request too many (P12)");
        long waiting = between(entry).filter(it -> it.at(now).isPending()).count();
        demand(waiting <= 2, entry, "is a third request between two Nets");
    }

    private void accepted(LogEntry entry) {
        demand(waits(entry), entry, "accepts what does not wait for an answer");
        put(entry, State.ACTIVE);
        long active = between(entry).filter(Peering::isActive).count();
        demand(active == 1, entry, "makes %d active peerings between two Nets (P3)".formatted(active));
        for (String net : entry.nets()) {
            long all = peerings.values().stream()
                    .filter(it -> it.isActive() && nets(it).contains(net))
                    .count();
            int limit = world.nets().containsKey(net)
                    ? world.limitsOf(world.owner(net)).activePerNet()
                    : World.Limits.STANDARD.activePerNet();
            demand(all <= limit, entry, "is an active peering too many of " + net + " (P12)");
        }
    }

    private boolean connected(LogEntry entry) {
        return between(entry).anyMatch(Peering::isActive);
    }

    private boolean waits(LogEntry entry) {
        return isIn(entry, State.PENDING)
                && peerings.get(entry.subject()).at(now).isPending();
    }

    private boolean isIn(LogEntry entry, State state) {
        return peerings.containsKey(entry.subject())
                && peerings.get(entry.subject()).state() == state;
    }

    private Stream<Peering> between(LogEntry entry) {
        return peerings.values().stream().filter(it -> nets(it).equals(Set.copyOf(entry.nets())));
    }

    /** The log does not say which Net asked, but who did: that stands for the source here, and both Nets for the accepter. */
    private void put(LogEntry entry, State state) {
        Peering before = peerings.getOrDefault(
                entry.subject(),
                new Peering(
                        entry.subject(),
                        entry.actor(),
                        String.join(" ", entry.nets()),
                        now,
                        State.PENDING,
                        now,
                        "",
                        false));
        Instant since = state == State.EXPIRED ? before.expiry() : now;
        peerings.put(entry.subject(), before.changed(state, since, ""));
    }

    private static Set<String> nets(Peering peering) {
        return Set.of(peering.accepter().split(" ", -1));
    }

    private void demand(boolean good, LogEntry entry, String otherwise) {
        if (!good) {
            faults.add("%s %s".formatted(entry, otherwise));
        }
    }
}
