package dev.linkspan.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a peering costs the packets, and a way outside: TCP between peered VMs, from a VM with a public address, and from one behind
 * a NAT service, by turns with TCP over a bare pair of links.
 */
final class Throughput implements Benchmark {

    private static final String RAW = "a raw veth pair";
    private static final int MANY = 1_000;

    @Override
    public String name() {
        return "throughput";
    }

    @Override
    public String question() {
        return "TCP between VMs of two peered Nets, and from a VM to outside";
    }

    @Override
    public boolean needsPackets() {
        return true;
    }

    @Override
    public List<Figure> measure(Extent extent) throws IOException, InterruptedException {
        try (PeeredSites sites = new PeeredSites();
                WayOutside few = WayOutside.with(1);
                WayOutside many = WayOutside.with(MANY);
                WayOutside nat = WayOutside.throughNat();
                RawLink link = new RawLink()) {
            sites.connect(sites.request());
            sites.settle();
            Measured raw = new Measured(RAW, link.line());
            Measured peered = new Measured("peered", sites.line());
            Measured outside = new Measured("to outside", few.line());
            Measured outsideOfMany = new Measured("to outside, with %,d public addresses".formatted(MANY), many.line());
            Measured throughNat = new Measured("to outside, through a NAT service", nat.line());
            List<Measured> all = List.of(raw, peered, outside, outsideOfMany, throughNat);
            for (int round = 0; round < extent.rounds(); round++) {
                // Whoever goes first meets colder caches, or a machine that has just become busier.
                for (Measured each : round % 2 == 0 ? all : all.reversed()) {
                    each.once(extent.round());
                }
            }
            List<Figure> figures = new ArrayList<>();
            figures.addAll(peered.comparedWith(raw));
            figures.addAll(outside.comparedWith(raw));
            figures.addAll(outsideOfMany.comparedWith(outside));
            figures.addAll(throughNat.comparedWith(raw));
            figures.addAll(raw.figures());
            return figures;
        }
    }

    private static Samples ratios(List<Double> ours, List<Double> theirs) {
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < ours.size(); i++) {
            ratios.add(ours.get(i) / theirs.get(i));
        }
        return Samples.of(ratios);
    }

    /**
     * A line's figures, one for each round.
     *
     * @param microseconds the median round trip of each round
     */
    private record Measured(String name, Line line, List<Double> gigabits, List<Double> microseconds) {

        Measured(String name, Line line) {
            this(name, line, new ArrayList<>(), new ArrayList<>());
        }

        void once(Duration time) throws IOException, InterruptedException {
            try (TcpConnection stream = TcpConnection.over(line)) {
                gigabits.add(stream.gigabitsPerSecond(time));
            }
            try (TcpConnection pingPong = TcpConnection.over(line)) {
                microseconds.add(pingPong.roundTrips(time.dividedBy(2)).median());
            }
        }

        List<Figure> figures() {
            return List.of(
                    Figure.of("TCP, " + name, Unit.GIGABITS_PER_SECOND, Samples.of(gigabits)),
                    Figure.of("round trip, " + name, Unit.MICROSECONDS, Samples.of(microseconds)));
        }

        List<Figure> comparedWith(Measured other) {
            List<Figure> figures = figures();
            return List.of(
                    figures.getFirst().times(ratios(gigabits, other.gigabits), other.name),
                    figures.getLast().times(ratios(microseconds, other.microseconds), other.name));
        }
    }
}
