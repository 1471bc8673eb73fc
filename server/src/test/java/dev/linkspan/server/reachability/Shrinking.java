package dev.linkspan.server.reachability;

import dev.linkspan.server.random.Shortening;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/**
 * Makes a scenario that fails as small as it goes: one packet, and of the network what it takes. Packets
 * that are missing take their time, so it ends after a while in any case.
 */
public final class Shrinking {

    private static final Duration LONGEST = Duration.ofMinutes(3);

    private final Predicate<Scenario> fails;
    private final long begun = System.nanoTime();

    private Shrinking(Predicate<Scenario> fails) {
        this.fails = fails;
    }

    /**
     * The scenario itself where nothing smaller fails.
     *
     * @param sent the packet or connection that showed it
     */
    static Scenario of(Scenario scenario, Step sent, Predicate<Scenario> fails) {
        Shrinking shrinking = new Shrinking(fails);
        List<Step> alone = scenario.steps().stream()
                .filter(step -> step.equals(sent) || !(step instanceof Step.Send) && !(step instanceof Step.Connect))
                .toList();
        List<Step> steps = shrinking.stillFails(alone) ? alone : scenario.steps();
        return shrinking.shortened(steps);
    }

    /** The same, where every packet may matter to another. */
    public static Scenario whole(Scenario scenario, Predicate<Scenario> fails) {
        return new Shrinking(fails).shortened(scenario.steps());
    }

    private Scenario shortened(List<Step> all) {
        List<Step> steps = all;
        List<Step> before;
        do {
            before = steps;
            steps = Shortening.of(steps, this::stillFails);
        } while (steps.size() < before.size());
        return new Scenario(steps);
    }

    private boolean stillFails(List<Step> steps) {
        return System.nanoTime() - begun < LONGEST.toNanos() && fails.test(new Scenario(steps));
    }
}
