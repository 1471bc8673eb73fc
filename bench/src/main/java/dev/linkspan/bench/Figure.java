package dev.linkspan.bench;

import java.util.Optional;

/**
 * One thing that was measured.
 *
 * @param what what it is, for people
 * @param below what the median should be below, where something was promised
 * @param comparison with something else that was measured in the same run, which stays true on a busy machine
 */
record Figure(String what, Unit unit, Samples samples, Optional<Double> below, Optional<Comparison> comparison) {

    /**
     * How many times as much as something else.
     *
     * @param ratios one for each round, or one for all
     * @param against the something else
     */
    record Comparison(Samples ratios, String against) {}

    static Figure of(String what, Unit unit, Samples samples) {
        return new Figure(what, unit, samples, Optional.empty(), Optional.empty());
    }

    Figure below(double target) {
        return new Figure(what, unit, samples, Optional.of(target), comparison);
    }

    Figure times(Samples ratios, String against) {
        return new Figure(what, unit, samples, below, Optional.of(new Comparison(ratios, against)));
    }

    /** Compared by medians. */
    Figure times(double other, String against) {
        return times(Samples.once(samples.median() / other), against);
    }

    boolean meetsTarget() {
        return below.map(target -> samples.median() < target).orElse(true);
    }
}
