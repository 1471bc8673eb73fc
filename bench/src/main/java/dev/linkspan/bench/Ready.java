package dev.linkspan.bench;

import dev.linkspan.cli.process.ServerCommand;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How long until a server is ready, and how much memory it takes. */
final class Ready implements Benchmark {

    private static final double MOST_SECONDS = 1.5;
    private static final double MOST_MEBIBYTES = 200;
    private static final double NANOS = Duration.ofSeconds(1).toNanos();

    @Override
    public String name() {
        return "ready";
    }

    @Override
    public String question() {
        return "from java's start to the ready line, and the memory that it takes";
    }

    @Override
    public boolean needsPackets() {
        return false;
    }

    @Override
    public List<Figure> measure(Extent extent) throws IOException, InterruptedException {
        JavaCommand java;
        double launched;
        try (ServerUnderTest server = new ServerUnderTest(ServerCommand::with, "none")) {
            java = JavaCommand.of(server.kernel());
            launched = seconds(server.startTime());
        }
        Starts none = new Starts("none");
        Starts netns = new Starts("netns");
        List<Double> nothing = new ArrayList<>();
        for (int i = 0; i < extent.starts(); i++) {
            nothing.add(secondsOf(java.doingNothing()));
            none.once(java);
            if (extent.packets()) {
                netns.once(java);
            }
        }
        double bare = Samples.of(nothing).median();
        List<Figure> figures = new ArrayList<>(none.figures(bare));
        if (extent.packets()) {
            figures.addAll(netns.figures(bare));
        }
        figures.add(Figure.of("the launcher's shell included, once", Unit.SECONDS, Samples.once(launched)));
        if (extent.demo()) {
            figures.add(Figure.of("memory after the demo", Unit.MEBIBYTES, Samples.once(DemoMemory.mebibytes()))
                    .below(MOST_MEBIBYTES));
        }
        return List.copyOf(figures);
    }

    private static double secondsOf(List<String> command) throws IOException, InterruptedException {
        long began = System.nanoTime();
        int code = new ProcessBuilder(command)
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.DISCARD)
                .start()
                .waitFor();
        if (code != 0) {
            throw new IOException("%s ended with code %d".formatted(command, code));
        }
        return (System.nanoTime() - began) / NANOS;
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / NANOS;
    }

    /** Several starts with one kind of network. */
    private record Starts(String network, List<Double> seconds, List<Double> processorSeconds, List<Double> mebibytes) {

        Starts(String network) {
            this(network, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }

        void once(JavaCommand java) throws IOException {
            try (ServerUnderTest server = new ServerUnderTest(java::with, network)) {
                seconds.add(Ready.seconds(server.startTime()));
                processorSeconds.add(server.kernel().processorSeconds());
                mebibytes.add(server.kernel().residentMebibytes());
            }
        }

        List<Figure> figures(double bareJava) {
            return List.of(
                    Figure.of("ready, network " + network, Unit.SECONDS, Samples.of(seconds))
                            .below(MOST_SECONDS)
                            .times(bareJava, "java -version"),
                    Figure.of("processor time for that", Unit.SECONDS, Samples.of(processorSeconds)),
                    Figure.of("memory when ready, network " + network, Unit.MEBIBYTES, Samples.of(mebibytes)));
        }
    }
}
