package dev.linkspan.server.store;

import dev.linkspan.core.port.Sealing;
import dev.linkspan.server.backup.FileProblem;
import dev.linkspan.server.backup.KeyFiles;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/**
 * Where one server keeps its files: {@code linkspan.db}, {@code master.key} (which the secrets in the database are
 * encrypted with) and {@code admin.token} (which admits the operator), the latter two for the server's user only. While
 * it is open no other server can open it. A folder that looks wrong is refused and left alone: losing the key or half a
 * database must never be answered by starting afresh.
 */
public final class DataFolder implements AutoCloseable {

    static final String DATABASE = "linkspan.db";
    static final String MASTER_KEY = "master.key";
    static final String ADMIN_TOKEN = "admin.token";

    private static final String LOCK = "linkspan.lock";
    private static final Logger LOG = System.getLogger(DataFolder.class.getName());

    private static final Set<PosixFilePermission> FOLDER_MODE = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> FILE_MODE = PosixFilePermissions.fromString("rw-------");
    private static final int TOKEN_LENGTH = 32;

    private final Path path;
    private final FileChannel lock;
    private final SecretBox secrets;
    private final KeyFiles keys;

    private DataFolder(Path path, FileChannel lock) throws IOException {
        this.path = path;
        this.lock = lock;
        requireKeyWhereThereIsData();
        mindOthers();
        byte[] masterKey = secret(MASTER_KEY, SecretBox.KEY_LENGTH);
        this.secrets = new SecretBox(masterKey);
        this.keys = new KeyFiles(encoded(masterKey), encoded(secret(ADMIN_TOKEN, TOKEN_LENGTH)));
    }

    /** Opens the folder for this process alone, and makes it and its secrets where they are not there yet. */
    public static DataFolder open(Path path) {
        try {
            FileChannel lock = locked(path);
            try {
                return new DataFolder(path, lock);
            } catch (IOException | RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UnusableDataFolder(
                    "The data folder %s cannot be used: %s. Name another with --data."
                            .formatted(path, FileProblem.text(e)),
                    e);
        }
    }

    /** Makes the folder where it is missing. Another live process' lock refuses; a dead one's has gone with it. */
    static FileChannel locked(Path path) throws IOException {
        Files.createDirectories(path, PosixFilePermissions.asFileAttribute(FOLDER_MODE));
        FileChannel channel = FileChannel.open(
                path.resolve(LOCK),
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(FILE_MODE));
        if (!lock(channel)) {
            String holder = read(channel);
            channel.close();
            throw new UnusableDataFolder(
                    "The data folder %s is in use by another Linkspan server (process %s). Stop that one, or give this one a folder of its own with --data."
                            .formatted(path, holder));
        }
        channel.truncate(0);
        channel.write(
                ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8)));
        return channel;
    }

    private static boolean lock(FileChannel channel) throws IOException {
        try {
            FileLock held = channel.tryLock();
            return held != null;
        } catch (OverlappingFileLockException heldByThisProcess) {
            return false;
        }
    }

    private static String read(FileChannel channel) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(20);
        channel.read(text, 0);
        return StandardCharsets.UTF_8.decode(text.flip()).toString();
    }

    /** A folder that was there before is somebody's, and is left as it is; what is in it is secret all the same. */
    private void mindOthers() throws IOException {
        Set<PosixFilePermission> mode = Files.getPosixFilePermissions(path);
        if (!FOLDER_MODE.containsAll(mode)) {
            LOG.log(
                    Level.WARNING,
                    "the data folder {0} was there before and is open to others than its owner ({1}): the files in it are not; chmod 700 {0} closes it",
                    path,
                    PosixFilePermissions.toString(mode));
        }
    }

    /**
     * Makes the database's file, or takes from others what they may do with it, before anything is written to it: SQLite
     * gives the files beside it the same mode.
     */
    private void closeDatabase() throws IOException {
        for (String name : List.of(DATABASE, DATABASE + "-wal", DATABASE + "-shm", LOCK)) {
            Path file = path.resolve(name);
            if (name.equals(DATABASE) && Files.notExists(file)) {
                Files.createFile(file, PosixFilePermissions.asFileAttribute(FILE_MODE));
            }
            if (Files.exists(file) && !FILE_MODE.containsAll(Files.getPosixFilePermissions(file))) {
                close(file);
            }
        }
    }

    private static void close(Path file) throws IOException {
        try {
            Files.setPosixFilePermissions(file, FILE_MODE);
        } catch (IOException refused) {
            throw new UnusableDataFolder(
                    "%s can be read or written by others than its owner (%s), and that cannot be changed: %s. Run: chmod 600 %s"
                            .formatted(
                                    file,
                                    PosixFilePermissions.toString(Files.getPosixFilePermissions(file)),
                                    refused,
                                    file),
                    refused);
        }
    }

    private void requireKeyWhereThereIsData() throws IOException {
        boolean data = Files.exists(database()) && Files.size(database()) > 0;
        if (data && Files.notExists(path.resolve(MASTER_KEY))) {
            throw new UnusableDataFolder(
                    "The data folder %s has a database but no master.key: the secrets in it cannot be read. Restore master.key from a backup."
                            .formatted(path));
        }
    }

    /** The bytes in this file, which holds them in Base64; random ones, made now, where there is no such file. */
    private byte[] secret(String name, int length) throws IOException {
        Path file = path.resolve(name);
        if (Files.notExists(file)) {
            byte[] made = new byte[length];
            new SecureRandom().nextBytes(made);
            createDurably(file, encoded(made) + "\n");
            return made;
        }
        Set<PosixFilePermission> mode = Files.getPosixFilePermissions(file);
        if (!FILE_MODE.containsAll(mode)) {
            throw new UnusableDataFolder(
                    "%s can be read or written by others than its owner (%s). Run: chmod 600 %s, and consider whether it is still secret."
                            .formatted(file, PosixFilePermissions.toString(mode), file));
        }
        return decoded(file, length);
    }

    private static String encoded(byte[] secret) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    }

    private static byte[] decoded(Path file, int length) throws IOException {
        try {
            byte[] secret = Base64.getUrlDecoder().decode(Files.readString(file).strip());
            if (secret.length == length) {
                return secret;
            }
        } catch (IllegalArgumentException notBase64) {
            // refused below, like a secret of the wrong length
        }
        throw new UnusableDataFolder(
                "%s is damaged: %d bytes in Base64 are expected. Restore it from a backup.".formatted(file, length));
    }

    /** The file is there whole, also after a power cut, or not at all. */
    static void createDurably(Path file, String content) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Path unfinished = Files.createTempFile(
                folder, file.getFileName().toString(), ".tmp", PosixFilePermissions.asFileAttribute(FILE_MODE));
        try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8)));
            channel.force(true);
        }
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel entries = FileChannel.open(folder, StandardOpenOption.READ)) {
            entries.force(true);
        }
    }

    public Path path() {
        return path;
    }

    /** What whoever may call the operator's calls presents. */
    public String adminToken() {
        return keys.adminToken();
    }

    /** What a backup needs to be of use elsewhere. */
    public KeyFiles keyFiles() {
        return keys;
    }

    Path database() {
        return path.resolve(DATABASE);
    }

    /** The database's file, which its owner alone can read and write, whatever the umask. */
    Path closedDatabase() {
        try {
            closeDatabase();
            return database();
        } catch (IOException e) {
            throw new UnusableDataFolder("The data folder %s cannot be used: %s".formatted(path, e), e);
        }
    }

    /** Seals with the master key for one purpose; what was sealed for another does not open. */
    public Sealing sealing(String purpose) {
        return secrets.derived(purpose);
    }

    SecretBox secrets() {
        return secrets;
    }

    /** Lets another server have it. */
    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UnusableDataFolder("The lock of the data folder %s cannot be given up: %s".formatted(path, e), e);
        }
    }
}
