package dev.linkspan.server.lifecycle;

import dev.linkspan.server.lifecycle.Step.Limit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedCollection;
import java.util.stream.Stream;

/** Everything that the model knows: what is there, what time it is, and what has happened. */
final class ModelWorld {

    static final List<String> ACCOUNTS = List.of("ann", "bob", "cyd");
    static final List<String> REGIONS = List.of("west", "east");

    /** A transition as the event log has to tell it (L9). */
    record Transition(String region, String type, ModelPeering peering, String actor, String request, Instant at) {}

    final List<Transition> history = new ArrayList<>();
    private final Map<String, ModelNet> nets = new LinkedHashMap<>();
    private final Map<String, ModelPeering> peerings = new LinkedHashMap<>();
    private final Map<String, Map<Limit, Integer>> limits = new HashMap<>();
    private Instant now;

    ModelWorld(Instant start) {
        this.now = start;
    }

    Instant now() {
        return now;
    }

    void advance(Duration by) {
        now = now.plus(by);
    }

    void add(ModelNet net) {
        nets.put(net.name, net);
    }

    Optional<ModelNet> net(String name) {
        return Optional.ofNullable(nets.get(name)).filter(net -> !net.gone);
    }

    /** Those that are there, and those that were. */
    SequencedCollection<ModelNet> allNets() {
        return List.copyOf(nets.values());
    }

    /** Gives a peering a name; it may have others. */
    void name(String name, ModelPeering peering) {
        peerings.put(name, peering);
    }

    /** Also if no call may show it any more. */
    Optional<ModelPeering> peering(String name) {
        return Optional.ofNullable(peerings.get(name));
    }

    SequencedCollection<ModelPeering> allPeerings() {
        return new LinkedHashSet<>(peerings.values());
    }

    /** The peering of this name, if a call by the account in the Region may show it. */
    Optional<ModelPeering> visible(String name, String account, String region) {
        return peering(name).filter(it -> isVisible(it, account, region));
    }

    boolean isVisible(ModelPeering peering, String account, String region) {
        return peering.source.region.equals(region) && peering.concerns(account) && peering.isVisibleAt(now);
    }

    Stream<ModelPeering> live() {
        return allPeerings().stream().filter(it -> it.isLiveAt(now));
    }

    long active(ModelNet net) {
        return live().filter(it -> it.isActive() && it.connects(net)).count();
    }

    /** Requests count in the Region in which they were made. */
    long outstanding(String account, String region) {
        return live().filter(it -> !it.isActive() && it.source.owner.equals(account) && it.source.region.equals(region))
                .count();
    }

    /** P12. */
    int limit(String account, Limit limit) {
        int standard = limit == Limit.ACTIVE_PEERINGS_PER_NET ? 125 : 25;
        return limits.getOrDefault(account, Map.of()).getOrDefault(limit, standard);
    }

    void limit(String account, Limit limit, int most) {
        Map<Limit, Integer> own = limits.computeIfAbsent(account, _ -> new EnumMap<>(Limit.class));
        if (most == Step.DEFAULT) {
            own.remove(limit);
        } else {
            own.put(limit, most);
        }
    }

    /** How long until that moment; nothing where it is over or never comes. */
    Optional<Duration> until(Step.WaitUntil step) {
        return peering(step.peering())
                .flatMap(peering -> moment(peering, step.moment()))
                .map(moment -> Duration.between(now, moment.plusMillis(step.millis())))
                .filter(Duration::isPositive);
    }

    /** When time alone changes something about it. */
    Optional<Instant> moment(ModelPeering peering, Step.Moment moment) {
        return switch (moment) {
            case EXPIRY ->
                switch (peering.stateAt(now)) {
                    case PENDING, EXPIRED -> Optional.of(peering.expiry());
                    case ACTIVE, REJECTED, FAILED, DELETED -> Optional.empty();
                };
            case END_OF_VISIBILITY -> peering.endOfVisibility(now);
        };
    }
}
