package dev.linkspan.server.store;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URLConnection;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * A PostgreSQL server of the tests' own, from the binaries on the class path, on a free port of the loopback address. It
 * refuses to run as root, so root's tests run it in a user namespace in which it is nobody.
 *
 * <p>Its texts are in the order of a human language, as in many a database out there and unlike SQLite's.
 */
public final class PostgresServer implements AutoCloseable {

    private static final String BINARIES = "/postgres-linux-x86_64.txz";
    private static final Duration LONGEST_START = Duration.ofSeconds(60);
    private static final Path MEMORY = Path.of("/dev/shm");

    private final Path folder;
    private final int port;
    private Process process;

    private PostgresServer() throws IOException {
        this.folder = Files.createTempDirectory(
                Files.isWritable(MEMORY) ? MEMORY : Path.of(System.getProperty("java.io.tmpdir")),
                "linkspan-postgres-");
        this.port = freePort();
        run(List.of(
                program("initdb"),
                "--pgdata=" + folder.resolve("data"),
                "--username=linkspan",
                "--auth=trust",
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=icu",
                "--icu-locale=en-US",
                "--no-sync",
                "--no-instructions"));
        this.process = started();
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    }

    private static final class Shared {
        private static final PostgresServer SERVER = start();
    }

    /** The one that the tests of this JVM share; nobody stops it. */
    public static PostgresServer shared() {
        return Shared.SERVER;
    }

    /** One of the caller's own. */
    public static PostgresServer start() {
        try {
            return new PostgresServer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes an empty database, and answers the JDBC URL by which Linkspan opens it. */
    public String freshDatabase() {
        String name = newName();
        execute("create database " + name);
        return url(name);
    }

    /** Makes a copy of a database that {@link #freshDatabase} made and nobody is connected to, and answers its JDBC URL. */
    String copyOf(String url) {
        String original = url.substring(url.lastIndexOf('/') + 1, url.indexOf('?'));
        String name = newName();
        execute("create database %s template %s".formatted(name, original));
        return url(name);
    }

    private static String newName() {
        return "linkspan_" + UUID.randomUUID().toString().replace("-", "");
    }

    private String url(String database) {
        return "jdbc:postgresql://127.0.0.1:%d/%s?user=linkspan".formatted(port, database);
    }

    /** Runs this SQL as the superuser, outside of every database that {@link #freshDatabase} made. */
    public void execute(String sql) {
        try (Connection connection = DriverManager.getConnection(url("postgres"));
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** Ends the server's every process at once, as a power cut would; its memory is lost, its files are not. */
    public synchronized void kill() {
        List<ProcessHandle> all = Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .toList();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(handle -> handle.onExit().orTimeout(10, TimeUnit.SECONDS).join());
    }

    /** Starts it again on the same files and port. */
    public synchronized void restart() {
        try {
            process = started();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stops it so that it gives back what it has of the machine's shared memory. Nothing happens the second time. */
    @Override
    public synchronized void close() {
        if (!Files.exists(folder)) {
            return;
        }
        try {
            if (process.isAlive()) {
                run(List.of(program("pg_ctl"), "stop", "--pgdata=" + folder.resolve("data"), "--mode=fast"));
            }
        } catch (IOException | IllegalStateException doesNotStop) {
            kill();
        }
        delete(folder);
    }

    private static void delete(Path tree) {
        try (Stream<Path> files = Files.walk(tree)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Process started() throws IOException {
        Process starting = new ProcessBuilder(asNobodyIfRoot(List.of(
                        program("postgres"),
                        "-D",
                        folder.resolve("data").toString(),
                        "-p",
                        Integer.toString(port),
                        "-c",
                        "listen_addresses=127.0.0.1",
                        "-c",
                        "unix_socket_directories=",
                        "-c",
                        "max_connections=300",
                        "-c",
                        "shared_buffers=64MB",
                        "-c",
                        "dynamic_shared_memory_type=mmap")))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                .start();
        long deadline = System.nanoTime() + LONGEST_START.toNanos();
        while (!answers()) {
            if (!starting.isAlive() || System.nanoTime() - deadline > 0) {
                starting.destroyForcibly();
                throw new IllegalStateException("PostgreSQL does not start: " + Files.readString(log()));
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
        return starting;
    }

    private Path log() {
        return folder.resolve("log");
    }

    private boolean answers() {
        try (Connection connection = DriverManager.getConnection(url("postgres"))) {
            return connection.isValid(5);
        } catch (SQLException notYet) {
            return false;
        }
    }

    private void run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(asNobodyIfRoot(command))
                .redirectErrorStream(true)
                .redirectOutput(log().toFile())
                .start();
        if (process.onExit().join().exitValue() != 0) {
            throw new IllegalStateException(command + ": " + Files.readString(log()));
        }
    }

    private static List<String> asNobodyIfRoot(List<String> command) throws IOException {
        List<String> line = new ArrayList<>();
        if ((Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid") == 0) {
            line.addAll(List.of("unshare", "--user"));
        }
        line.addAll(command);
        return line;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static String program(String name) throws IOException {
        return Binaries.FOLDER.resolve("bin").resolve(name).toString();
    }

    /** Unpacked once for each version and user, and left there for the next run. */
    private static final class Binaries {

        private static final Path FOLDER = unpacked();

        private static Path unpacked() {
            try {
                URLConnection resource = Objects.requireNonNull(PostgresServer.class.getResource(BINARIES), BINARIES)
                        .openConnection();
                Path target = Path.of(System.getProperty("java.io.tmpdir"))
                        .resolve("linkspan-postgres-%s-%d"
                                .formatted(System.getProperty("user.name"), resource.getContentLengthLong()));
                if (!Files.exists(target)) {
                    Path unfinished = Files.createTempDirectory("linkspan-postgres-binaries-");
                    try (InputStream archive = resource.getInputStream()) {
                        unpack(archive, unfinished);
                    }
                    moveUnlessThere(unfinished, target);
                }
                return target;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void unpack(InputStream archive, Path target) throws IOException {
            try (TarArchiveInputStream files =
                    new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(archive)))) {
                for (TarArchiveEntry file = files.getNextEntry(); file != null; file = files.getNextEntry()) {
                    Path path = target.resolve(file.getName()).normalize();
                    if (file.isDirectory()) {
                        Files.createDirectories(path);
                    } else if (file.isSymbolicLink()) {
                        Files.createDirectories(path.getParent());
                        Files.createSymbolicLink(path, Path.of(file.getLinkName()));
                    } else {
                        Files.createDirectories(path.getParent());
                        Files.copy(files, path);
                        Files.setPosixFilePermissions(path, mode(file.getMode()));
                    }
                }
            }
        }

        private static Set<PosixFilePermission> mode(int bits) {
            Set<PosixFilePermission> mode = EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
            if ((bits & 0100) != 0) {
                mode.add(PosixFilePermission.OWNER_EXECUTE);
            }
            return mode;
        }

        private static void moveUnlessThere(Path unfinished, Path target) throws IOException {
            try {
                Files.move(unfinished, target);
            } catch (FileAlreadyExistsException | DirectoryNotEmptyException anotherRunWasFaster) {
                delete(unfinished);
            }
        }
    }
}
