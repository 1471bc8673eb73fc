package dev.linkspan.bench;

import dev.linkspan.cli.demo.Demo;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/** Plays the demo and watches its server. */
final class DemoMemory {

    private static final Duration PAUSE = Duration.ofMillis(20);

    private DemoMemory() {}

    /** The memory that the server held when it was last seen, which is when the story was over. */
    static double mebibytes() throws IOException {
        StringWriter told = new StringWriter();
        PrintWriter out = new PrintWriter(told);
        CompletableFuture<Boolean> story =
                CompletableFuture.supplyAsync(() -> Demo.forPrograms(out, out).play());
        Optional<Double> last = Optional.empty();
        while (!story.isDone()) {
            Optional<Double> now = childServer().flatMap(DemoMemory::resident);
            last = now.isPresent() ? now : last;
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        if (!story.join()) {
            throw new IOException("the demo did not go as it should:%n%s".formatted(told));
        }
        return last.orElseThrow(() -> new IOException("the demo's server was never seen"));
    }

    private static Optional<Kernel> childServer() {
        return ProcessHandle.current()
                .children()
                .map(child -> new Kernel(child.pid()))
                .filter(DemoMemory::isServer)
                .findFirst();
    }

    private static boolean isServer(Kernel process) {
        try {
            return process.commandLine().contains(JavaCommand.SERVER);
        } catch (IOException ended) {
            return false;
        }
    }

    private static Optional<Double> resident(Kernel server) {
        try {
            return Optional.of(server.residentMebibytes());
        } catch (IOException ended) {
            return Optional.empty();
        }
    }
}
