package dev.linkspan.server.lifecycle;

import dev.linkspan.core.event.Event;
import dev.linkspan.core.event.EventType;
import dev.linkspan.core.event.Origin;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.port.Store;
import dev.linkspan.server.lifecycle.ModelPeering.State;
import dev.linkspan.server.lifecycle.ModelWorld.Transition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Compares the event log with what the model saw happen (L9): each transition once, in order, with its time and whoever
 * caused it; nothing of calls that changed nothing; numbers without gaps. What time alone does is recorded at some time
 * behind that moment, by nobody's request, and before a sweep is over (T2).
 */
final class LogCheck {

    private final Store store;
    private final ModelWorld world;
    private final Names names;
    private final Map<RegionName, Long> read = new HashMap<>();
    private final Map<RegionName, Instant> latest = new HashMap<>();
    private final Set<String> silent = new HashSet<>();
    private final Set<ModelPeering> expired = new HashSet<>();
    private final Set<ModelPeering> forgotten = new HashSet<>();
    private int told;

    LogCheck(Store store, ModelWorld world, Names names) {
        this.store = store;
        this.world = world;
        this.names = names;
        Ground.REGIONS.forEach(region -> {
            read.put(region, store.read(region, snapshot -> snapshot.events().lastSequence()));
            latest.put(region, Instant.EPOCH);
        });
    }

    /** Nothing must tell of this request. */
    void silent(String request) {
        silent.add(request);
    }

    /**
     * What the log tells wrongly since it was last looked at.
     *
     * @param swept whether all that time has done must be recorded by now
     */
    Optional<String> complaint(boolean swept) {
        List<Transition> happened =
                world.history.subList(told, world.history.size()).stream().toList();
        told = world.history.size();
        for (String name : ModelWorld.REGIONS) {
            Optional<String> complaint = complaint(
                    names.region(name),
                    happened.stream().filter(it -> it.region().equals(name)).toList());
            if (complaint.isPresent()) {
                return complaint;
            }
        }
        return swept ? unrecorded() : Optional.empty();
    }

    private Optional<String> complaint(RegionName region, List<Transition> happened) {
        List<String> caused = new ArrayList<>();
        for (Event event :
                store.read(region, snapshot -> snapshot.events().after(read.get(region), Integer.MAX_VALUE))) {
            if (event.sequence() != read.get(region) + 1 || event.at().isBefore(latest.get(region))) {
                return Optional.of(
                        "does not follow number %d of %s: %s".formatted(read.get(region), latest.get(region), event));
            }
            read.put(region, event.sequence());
            latest.put(region, event.at());
            if (silent.contains(event.origin().requestId())) {
                return Optional.of("tells of a call that changed nothing: " + event);
            }
            Optional<ModelPeering> peering = peering(event);
            switch (event.fact().type()) {
                case NET_PEERING_REQUESTED,
                        NET_PEERING_FAILED,
                        NET_PEERING_ACCEPTED,
                        NET_PEERING_REJECTED,
                        NET_PEERING_DELETED -> peering.ifPresent(it -> caused.add(line(event)));
                case NET_PEERING_EXPIRED, NET_PEERING_FORGOTTEN -> {
                    if (peering.isPresent() && !isOfTime(event, peering.get())) {
                        return Optional.of("tells wrongly what time has done: " + event);
                    }
                }
                default -> {}
            }
        }
        List<String> wanted =
                sortedWithinRequests(happened.stream().map(this::line).toList());
        List<String> found = sortedWithinRequests(caused);
        return found.equals(wanted)
                ? Optional.empty()
                : Optional.of("tells of%n%s%nwhere this happened:%n%s"
                        .formatted(String.join("\n", found), String.join("\n", wanted)));
    }

    private Optional<ModelPeering> peering(Event event) {
        return world.allPeerings().stream()
                .filter(it ->
                        names.id(it).filter(event.fact().subject()::equals).isPresent())
                .findFirst();
    }

    /** Once, not too early, and caused by nobody's request. */
    private boolean isOfTime(Event event, ModelPeering peering) {
        boolean byTime = event.origin().equals(new Origin(Origin.CLOCK, ""));
        Instant at = event.at();
        if (event.fact().type() == EventType.NET_PEERING_EXPIRED) {
            return byTime
                    && peering.stateAt(at) == State.EXPIRED
                    && expired.add(peering)
                    && !forgotten.contains(peering);
        }
        return byTime && !peering.isVisibleAt(at) && forgotten.add(peering);
    }

    private Optional<String> unrecorded() {
        for (ModelPeering peering : world.allPeerings()) {
            if (peering.stateAt(world.now()) == State.EXPIRED && !expired.contains(peering)) {
                return Optional.of("does not tell, after a sweep, that %s has expired".formatted(names.id(peering)));
            }
            if (!peering.isVisibleAt(world.now()) && !forgotten.contains(peering)) {
                return Optional.of("does not tell, after a sweep, that %s is gone".formatted(names.id(peering)));
            }
        }
        return Optional.empty();
    }

    /** One request may do several things at the same instant. */
    private static List<String> sortedWithinRequests(List<String> lines) {
        List<String> sorted = new ArrayList<>();
        List<String> request = new ArrayList<>();
        String current = "";
        for (String line : lines) {
            String of = line.substring(0, line.indexOf(' '));
            if (!of.equals(current)) {
                request.sort(Comparator.naturalOrder());
                sorted.addAll(request);
                request.clear();
                current = of;
            }
            request.add(line);
        }
        request.sort(Comparator.naturalOrder());
        sorted.addAll(request);
        return sorted;
    }

    private static String line(Event event) {
        return "%s %s %s by %s at %s for %s about %s"
                .formatted(
                        event.origin().requestId(),
                        event.fact().type(),
                        event.fact().subject(),
                        event.origin().actor(),
                        event.at(),
                        new TreeSet<>(event.fact().accounts().stream()
                                .map(Object::toString)
                                .toList()),
                        new TreeSet<>(event.fact().nets().stream()
                                .map(Object::toString)
                                .toList()));
    }

    private String line(Transition it) {
        ModelPeering peering = it.peering();
        return "%s %s %s by %s at %s for %s about %s"
                .formatted(
                        it.request(),
                        it.type(),
                        names.id(peering).orElse("?"),
                        names.account(it.actor()),
                        it.at(),
                        new TreeSet<>(List.of(
                                names.account(peering.source.owner).value(),
                                names.account(peering.accepter.owner).value())),
                        new TreeSet<>(List.of(names.id(peering.source), names.id(peering.accepter))));
    }
}
