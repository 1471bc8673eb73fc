package dev.linkspan.server.api.sigv4;

import dev.linkspan.core.port.Sealing;
import dev.linkspan.server.store.DataFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Comparator;
import java.util.stream.Stream;

/** The product's own sealing of session tokens, for tests, with a master key that is always the same. */
public final class Seals {

    private static final int KEY_LENGTH = 32;

    private Seals() {}

    /** @param master tells master keys apart */
    public static Sealing sealing(int master) {
        try {
            Path data = Files.createTempDirectory(
                    "seals", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Path key = Files.createFile(
                    data.resolve("master.key"),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            byte[] bytes = new byte[KEY_LENGTH];
            bytes[0] = (byte) master;
            Files.writeString(key, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
            try (DataFolder folder = DataFolder.open(data)) {
                return folder.sealing(SessionTokens.PURPOSE);
            } finally {
                delete(data);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
