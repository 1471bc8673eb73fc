package dev.linkspan.cli.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a server that crashed has left of the link from outside to an interface of this computer, as it noted it beside its run folder
 * ({@code <folder>.uplink}, lines {@code name=value}).
 *
 * @param device the interface
 * @param link the link's end on this computer
 * @param table of the packet filter
 * @param forwarded whether the interface forwarded packets before
 */
record Uplink(Path file, String device, String link, String table, boolean forwarded) {

    private static final Path SETTINGS = Path.of("/proc/sys/net/ipv4/conf");
    private static final String FORWARDING = "forwarding";
    private static final String OFF = "0";

    static Optional<Uplink> of(Path runFolder) {
        Path file = runFolder.resolveSibling(runFolder.getFileName() + ".uplink");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            Map<String, String> values = Files.readAllLines(file).stream()
                    .map(line -> line.split("=", 2))
                    .filter(parts -> parts.length == 2)
                    .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));
            return Optional.of(new Uplink(
                    file,
                    values.getOrDefault("device", ""),
                    values.getOrDefault("link", ""),
                    values.getOrDefault("table", ""),
                    Boolean.parseBoolean(values.getOrDefault("forwarded", "true"))));
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + file, unreadable);
        }
    }

    /** Undoes all of it; what is gone already is no fault. The filter goes last, since it keeps others from being forwarded. */
    void remove() {
        try {
            run("ip", "link", "delete", link);
            Path forwarding = SETTINGS.resolve(device).resolve(FORWARDING);
            boolean everywhere = !Files.readString(SETTINGS.resolve("all").resolve(FORWARDING))
                    .strip()
                    .equals(OFF);
            if (!forwarded && !everywhere && Files.exists(forwarding)) {
                Files.writeString(forwarding, OFF);
            }
            run("nft", "delete", "table", "ip", table);
            Files.deleteIfExists(file);
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot undo what " + file + " tells", failed);
        }
    }

    private static void run(String... command) throws IOException {
        try {
            new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while running " + command[0], interrupted);
        }
    }
}
