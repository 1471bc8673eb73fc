package dev.linkspan.server.store;

import dev.linkspan.server.backup.FileProblem;
import dev.linkspan.server.backup.KeyFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The data folder that a restore fills. While it is open no server can open it. */
final class RestoreFolder implements AutoCloseable {

    private final Path path;
    private final FileChannel lock;

    private RestoreFolder(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    static RestoreFolder open(Path path) {
        try {
            return new RestoreFolder(path, DataFolder.locked(path));
        } catch (IOException e) {
            throw unusable(path, e);
        }
    }

    /** Refuses where there are keys, unless they are these. */
    void requireNoOtherKeys(KeyFiles keys) {
        for (KeyFile file : files(keys)) {
            try {
                if (Files.exists(file.path)
                        && !Files.readString(file.path).strip().equals(file.content)) {
                    throw new UnusableDataFolder(
                            "%s is already there and is not the one in the backup. Nothing was changed: name another data folder with --data."
                                    .formatted(file.path));
                }
            } catch (IOException e) {
                throw unusable(path, e);
            }
        }
    }

    /** Durably puts the keys where a server looks for them. */
    void write(KeyFiles keys) {
        for (KeyFile file : files(keys)) {
            try {
                if (Files.notExists(file.path)) {
                    DataFolder.createDurably(file.path, file.content + "\n");
                }
            } catch (IOException e) {
                throw unusable(path, e);
            }
        }
    }

    private record KeyFile(Path path, String content) {}

    private List<KeyFile> files(KeyFiles keys) {
        return List.of(
                new KeyFile(path.resolve(DataFolder.MASTER_KEY), keys.masterKey()),
                new KeyFile(path.resolve(DataFolder.ADMIN_TOKEN), keys.adminToken()));
    }

    private static UnusableDataFolder unusable(Path path, IOException why) {
        return new UnusableDataFolder(
                "The data folder %s cannot be used: %s. Name another with --data."
                        .formatted(path, FileProblem.text(why)),
                why);
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw unusable(path, e);
        }
    }
}
