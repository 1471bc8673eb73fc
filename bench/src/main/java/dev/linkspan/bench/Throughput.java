package dev.linkspan.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What a peering costs the packets: TCP between peered VMs, by turns with TCP over a bare pair of links. */
final class Throughput implements Benchmark {

    private static final String RAW = "a raw veth pair";

    @Override
    public String name() {
        return "throughput";
    }

    @Override
    public String question() {
        return "TCP between VMs of two peered Nets";
    }

    @Override
    public boolean needsPackets() {
        return true;
    }

    @Override
    public List<Figure> measure(Extent extent) throws IOException, InterruptedException {
        Measured peered = new Measured();
        Measured raw = new Measured();
        try (PeeredSites sites = new PeeredSites();
                RawLink link = new RawLink()) {
            sites.connect(sites.request());
            sites.settle();
            for (int round = 0; round < extent.rounds(); round++) {
                // Whoever goes first meets colder caches, or a machine that has just become busier.
                if (round % 2 == 0) {
                    raw.once(link.line(), extent.round());
                    peered.once(sites.line(), extent.round());
                } else {
                    peered.once(sites.line(), extent.round());
                    raw.once(link.line(), extent.round());
                }
            }
        }
        return List.of(
                Figure.of("TCP, peered", Unit.GIGABITS_PER_SECOND, Samples.of(peered.gigabits()))
                        .times(ratios(peered.gigabits(), raw.gigabits()), RAW),
                Figure.of("TCP, " + RAW, Unit.GIGABITS_PER_SECOND, Samples.of(raw.gigabits())),
                Figure.of("round trip, peered", Unit.MICROSECONDS, Samples.of(peered.microseconds()))
                        .times(ratios(peered.microseconds(), raw.microseconds()), RAW),
                Figure.of("round trip, " + RAW, Unit.MICROSECONDS, Samples.of(raw.microseconds())));
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
    private record Measured(List<Double> gigabits, List<Double> microseconds) {

        Measured() {
            this(new ArrayList<>(), new ArrayList<>());
        }

        void once(Line line, Duration time) throws IOException, InterruptedException {
            try (TcpConnection stream = TcpConnection.over(line)) {
                gigabits.add(stream.gigabitsPerSecond(time));
            }
            try (TcpConnection pingPong = TcpConnection.over(line)) {
                microseconds.add(pingPong.roundTrips(time.dividedBy(2)).median());
            }
        }
    }
}
