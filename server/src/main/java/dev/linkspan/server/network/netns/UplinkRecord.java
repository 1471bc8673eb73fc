package dev.linkspan.server.network.netns;

import dev.linkspan.core.address.Ipv4;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a server has changed of its host to bind outside to an interface, kept beside its run folder as lines {@code name=value}
 * until all of it is undone: by the server itself, by the next one on the same folder, or by {@code linkspan cleanup}.
 *
 * @param owner tells who has bound it, where another server takes over while this one still ends
 * @param device the host's interface
 * @param link the host's end of the link to outside
 * @param table of the host's packet filter
 * @param address of the other end, with which everything arrives at the host
 * @param forwarded whether the interface forwarded packets before
 */
record UplinkRecord(String owner, String device, String link, String table, Ipv4 address, boolean forwarded) {

    private static final String SUFFIX = ".uplink";

    private static Path file(Path runFolder) {
        return runFolder.resolveSibling(runFolder.getFileName() + SUFFIX);
    }

    /** That of this run folder, if outside is bound, or was when its server crashed. */
    static Optional<UplinkRecord> of(Path runFolder) {
        return read(file(runFolder));
    }

    /** The run folder of another network that this interface is bound to. */
    static Optional<Path> otherThan(Path runFolder, String device) {
        Path own = file(runFolder);
        try (Stream<Path> files = Files.list(runFolder.getParent())) {
            return files.filter(file -> file.toString().endsWith(SUFFIX) && !file.equals(own))
                    .filter(file ->
                            read(file).filter(it -> it.device.equals(device)).isPresent())
                    .map(file ->
                            Path.of(file.toString().substring(0, file.toString().length() - SUFFIX.length())))
                    .findFirst();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static Optional<UplinkRecord> read(Path file) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            Map<String, String> values = new LinkedHashMap<>();
            for (String line : Files.readAllLines(file)) {
                String[] parts = line.split("=", 2);
                values.put(parts[0], parts.length == 2 ? parts[1] : "");
            }
            return values.keySet().containsAll(List.of("owner", "device", "link", "table", "address", "forwarded"))
                    ? Optional.of(new UplinkRecord(
                            values.getOrDefault("owner", ""),
                            values.getOrDefault("device", ""),
                            values.getOrDefault("link", ""),
                            values.getOrDefault("table", ""),
                            Ipv4.parse(values.getOrDefault("address", "")),
                            Boolean.parseBoolean(values.get("forwarded"))))
                    : Optional.empty();
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot read " + file, failed);
        }
    }

    void write(Path runFolder) {
        Path file = file(runFolder);
        try {
            Path whole = Files.writeString(
                    file.resolveSibling(file.getFileName() + ".new"),
                    "owner=%s%ndevice=%s%nlink=%s%ntable=%s%naddress=%s%nforwarded=%s%n"
                            .formatted(owner, device, link, table, address, forwarded));
            Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot write " + file, failed);
        }
    }

    static void remove(Path runFolder) {
        try {
            Files.deleteIfExists(file(runFolder));
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot remove " + file(runFolder), failed);
        }
    }
}
