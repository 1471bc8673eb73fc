package dev.linkspan.bench;

import java.util.Collection;
import java.util.List;

/** What the same measurement gave each time, at least once, in ascending order. */
record Samples(List<Double> values) {

    private static final double LOW = 0.1;
    private static final double HIGH = 0.9;

    Samples {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("nothing was measured");
        }
        values = values.stream().sorted().toList();
    }

    static Samples of(Collection<Double> values) {
        return new Samples(List.copyOf(values));
    }

    static Samples once(double value) {
        return new Samples(List.of(value));
    }

    int count() {
        return values.size();
    }

    double mean() {
        return values.stream().mapToDouble(it -> it).average().orElseThrow();
    }

    double median() {
        return quantile(0.5);
    }

    /** What a tenth of the measurements fell below. */
    double low() {
        return quantile(LOW);
    }

    /** What a tenth of the measurements exceeded. */
    double high() {
        return quantile(HIGH);
    }

    /** The value that this share of the measurements does not exceed, on the straight line between its neighbours. */
    double quantile(double share) {
        double place = share * (values.size() - 1);
        int below = (int) place;
        int above = Math.min(below + 1, values.size() - 1);
        return values.get(below) + (place - below) * (values.get(above) - values.get(below));
    }
}
