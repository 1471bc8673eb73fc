package dev.linkspan.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How soon packets follow what the API has answered. */
final class TimeToWire implements Benchmark {

    private static final double MOST_MILLISECONDS = 20;
    private static final double NANOS = Duration.ofMillis(1).toNanos();
    private static final int FIRST_PORT = 20_000;

    @Override
    public String name() {
        return "wire";
    }

    @Override
    public String question() {
        return "from an acceptance and a route on each side to the first packet that is answered";
    }

    @Override
    public boolean needsPackets() {
        return true;
    }

    @Override
    public List<Figure> measure(Extent extent) throws IOException {
        List<Double> afterAnswer = new ArrayList<>();
        List<Double> altogether = new ArrayList<>();
        List<Double> driver = new ArrayList<>();
        try (PeeredSites sites = new PeeredSites();
                DriverAlone alone = new DriverAlone();
                DatagramEcho _ = new DatagramEcho(sites.line().far())) {
            int warmUp = extent.changes() / 10;
            for (int i = 0; i < warmUp + extent.changes(); i++) {
                Change change = change(sites, FIRST_PORT + i);
                double alike = alone.connect() / NANOS;
                alone.part();
                if (i >= warmUp) {
                    afterAnswer.add(change.afterAnswer());
                    altogether.add(change.altogether());
                    driver.add(alike);
                }
            }
        }
        double byDriver = Samples.of(driver).median();
        return List.of(
                Figure.of("last API answer to first answered packet", Unit.MILLISECONDS, Samples.of(afterAnswer))
                        .below(MOST_MILLISECONDS)
                        .times(byDriver, "the driver alone, same change"),
                Figure.of("the three calls and the wait together", Unit.MILLISECONDS, Samples.of(altogether))
                        .times(byDriver, "the driver alone, same change"),
                Figure.of("the driver alone, same change", Unit.MILLISECONDS, Samples.of(driver)));
    }

    private static Change change(PeeredSites sites, int fromPort) {
        String peering = sites.request();
        sites.settle();
        FirstAnswer answer = FirstAnswer.sought(sites.line(), fromPort);
        long called = System.nanoTime();
        sites.connect(peering);
        long connected = System.nanoTime();
        long answered = answer.at();
        sites.part(peering);
        return new Change((answered - connected) / NANOS, (answered - called) / NANOS);
    }

    /**
     * How long one change took, in ms.
     *
     * @param afterAnswer below 0 where the packets were faster than the answer
     */
    private record Change(double afterAnswer, double altogether) {}
}
