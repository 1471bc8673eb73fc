package dev.linkspan.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** How often a process asks the kernel to force something to the disk, as strace sees it. */
final class SyncCalls implements AutoCloseable {

    private static final String STRACE = "strace";
    private static final int PATIENCE_SECONDS = 10;

    /** A row of strace's summary: share of time, seconds, microseconds for each, calls, and perhaps errors. */
    private static final Pattern ROW = Pattern.compile("\\s*\\S+\\s+\\S+\\s+\\S+\\s+([0-9]+)\\s+.*\\bf(?:data)?sync");

    private final Process strace;
    private final Path summary;

    private SyncCalls(Process strace, Path summary) {
        this.strace = strace;
        this.summary = summary;
    }

    /** Begins to count; empty where strace is not installed, or may not look at the process. */
    static Optional<SyncCalls> watch(Kernel process) throws IOException {
        if (!isInstalled()) {
            return Optional.empty();
        }
        Path summary = Files.createTempFile("linkspan-bench-syncs", ".txt");
        Process strace = new ProcessBuilder(
                        STRACE,
                        "-f",
                        "-c",
                        "-e",
                        "trace=fsync,fdatasync",
                        "-o",
                        summary.toString(),
                        "-p",
                        Long.toString(process.pid()))
                .redirectErrorStream(true)
                .start();
        SyncCalls calls = new SyncCalls(strace, summary);
        if (calls.attached()) {
            return Optional.of(calls);
        }
        calls.close();
        return Optional.empty();
    }

    private static boolean isInstalled() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, STRACE)));
    }

    /** It says so in one line; what it says later is little enough to be left unread. */
    private boolean attached() throws IOException {
        BufferedReader said = strace.inputReader(UTF_8);
        String line = said.readLine();
        return line != null && line.contains("attached");
    }

    /** How many calls there were since the beginning; ends the counting. */
    long count() throws IOException, InterruptedException {
        List<String> interrupt = List.of("kill", "-INT", Long.toString(strace.pid()));
        new ProcessBuilder(interrupt).start().waitFor();
        if (!strace.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new IOException("strace did not end within %d s".formatted(PATIENCE_SECONDS));
        }
        try (Stream<String> lines = Files.lines(summary)) {
            return lines.map(ROW::matcher)
                    .filter(Matcher::matches)
                    .mapToLong(row -> Long.parseLong(row.group(1)))
                    .sum();
        }
    }

    @Override
    public void close() throws IOException {
        strace.destroy();
        Files.deleteIfExists(summary);
    }
}
