package dev.linkspan.server.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A restore whose process ends at once, as by {@code kill -9}, when it has put in so many batches of rows. */
final class RestoreThatDies {

    static final int DIED = 9;

    private RestoreThatDies() {}

    /** Ends with {@link #DIED}. */
    static Process start(Path file, Path data, Optional<String> store, int batches) throws IOException {
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        RestoreThatDies.class.getName(),
                        file.toString(),
                        data.toString(),
                        store.orElse(""),
                        Integer.toString(batches))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    public static void main(String[] arguments) {
        AtomicInteger left = new AtomicInteger(Integer.parseInt(arguments[3]));
        Optional<String> store = Optional.of(arguments[2]).filter(url -> !url.isEmpty());
        new Restore(Path.of(arguments[0]), Path.of(arguments[1]), store, _ -> {
                    if (left.decrementAndGet() == 0) {
                        Runtime.getRuntime().halt(DIED);
                    }
                })
                .run();
    }
}
