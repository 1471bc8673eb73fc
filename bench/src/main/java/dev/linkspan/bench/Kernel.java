package dev.linkspan.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** What the kernel tells about a process. */
record Kernel(long pid) {

    private static final String RESIDENT = "VmRSS:";
    private static final double NANOS = Duration.ofSeconds(1).toNanos();
    private static final double KIBIBYTES_IN_MEBIBYTE = 1024;

    /** The memory that the process holds now, in MiB. */
    double residentMebibytes() throws IOException {
        try (Stream<String> lines = Files.lines(file("status"))) {
            String line = lines.filter(it -> it.startsWith(RESIDENT))
                    .findFirst()
                    .orElseThrow(() -> new IOException("process %d has ended".formatted(pid)));
            String kibibytes =
                    line.substring(RESIDENT.length()).replace("kB", "").strip();
            return Long.parseLong(kibibytes) / KIBIBYTES_IN_MEBIBYTE;
        }
    }

    /** The seconds for which processors have worked for the process: unlike time, the same on a busy machine. */
    double processorSeconds() throws IOException {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().totalCpuDuration())
                .map(time -> time.toNanos() / NANOS)
                .orElseThrow(() -> new IOException("process %d has ended".formatted(pid)));
    }

    /** The command line that the process was started with, or became. */
    List<String> commandLine() throws IOException {
        return List.of(Files.readString(file("cmdline"), UTF_8).split("\0", 0));
    }

    private Path file(String name) {
        return Path.of("/proc", Long.toString(pid), name);
    }
}
