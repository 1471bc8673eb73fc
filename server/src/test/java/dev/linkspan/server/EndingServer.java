package dev.linkspan.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** A server that meets with a fault as soon as it is ready: for {@link WatchTest}, in a process of its own. */
final class EndingServer {

    static final String LISTENER = "listener";
    static final String MEMORY = "memory";
    static final String HEAP = "heap";
    static final String FILES = "files";

    /** When this file comes, and until it goes, {@link #FILES} holds every file that the process may open. */
    static final String HOLD = "hold";

    private static final int PIECE = 1 << 16;

    /** What fills the heap. */
    private static final List<byte[]> PIECES = new ArrayList<>();

    private EndingServer() {}

    public static void main(String[] arguments) {
        Path folder = Path.of(arguments[1]);
        Main.main(new String[] {
            "--listen",
            "127.0.0.1:0",
            "--network",
            "none",
            "--dev",
            "--data",
            folder.resolve("data").toString()
        });
        switch (arguments[0]) {
            case LISTENER -> WatchTest.interrupt("-acceptor-0");
            case MEMORY ->
                Thread.ofPlatform().start(() -> {
                    throw new OutOfMemoryError("none of another kind than the heap's");
                });
            case HEAP -> Thread.ofPlatform().start(EndingServer::fillHeap);
            case FILES -> Thread.ofPlatform().start(() -> holdFiles(folder));
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    private static void fillHeap() {
        while (true) {
            PIECES.add(new byte[PIECE]);
        }
    }

    private static void holdFiles(Path folder) {
        Path held = folder.resolve("log");
        List<FileChannel> files = new ArrayList<>();
        try {
            while (!Files.exists(folder.resolve(HOLD))) {
                LockSupport.parkNanos(1_000_000);
            }
            while (Files.exists(folder.resolve(HOLD))) {
                try {
                    files.add(FileChannel.open(held));
                } catch (IOException none) {
                    LockSupport.parkNanos(1_000_000);
                }
            }
            for (FileChannel file : files) {
                file.close();
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
