package dev.linkspan.server;

import dev.linkspan.server.http.AddressUnavailable;
import dev.linkspan.server.network.UnusableNetwork;
import dev.linkspan.server.observe.Logging;
import dev.linkspan.server.store.UnusableDataFolder;
import dev.linkspan.server.store.UnusableDatabase;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.Thread.UncaughtExceptionHandler;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Starts a server with the options of {@code linkspan serve}, says when it is ready, and stops it on SIGTERM. */
public final class Main {

    /** The JVM's own code for it, by -XX:+ExitOnOutOfMemoryError. */
    private static final int OUT_OF_MEMORY = 3;

    /** Something has ended that the server cannot go on without: start it again. */
    private static final int PART_ENDED = 4;

    /** Longer than what was accepted may take, and what is then closed. */
    private static final Duration LONGEST_END = Duration.ofSeconds(25);

    private Main() {}

    public static void main(String[] arguments) {
        shareProcessors();
        List<String> options = List.of(arguments);
        if (Program.isAskedForHelp(options)) {
            System.out.print(help());
            return;
        }
        try {
            start(Settings.of(options, System.getenv()));
        } catch (InvalidSettings wrong) {
            Program.exit(Program.WRONG_USE, wrong.getMessage());
        }
    }

    /**
     * Virtual threads are not interrupted while they compute: with one carrier for each processor, as many long answers
     * would stop everything else. The system shares the processors among more carriers. Read when the first of them starts.
     */
    private static void shareProcessors() {
        String carriers = "jdk.virtualThreadScheduler.parallelism";
        if (System.getProperty(carriers) == null) {
            System.setProperty(
                    carriers, Integer.toString(4 * Runtime.getRuntime().availableProcessors()));
        }
    }

    private static void start(Settings settings) {
        Logging.start(settings.log());
        endWithoutMemory();
        try {
            serve(settings);
        } catch (UnusableDataFolder | UnusableDatabase | AddressUnavailable | UnusableNetwork expected) {
            fail(settings, expected.getMessage());
        } catch (RuntimeException failure) {
            log().log(Level.ERROR, "the server could not start", failure);
            fail(settings, "the server could not start: " + failure.getMessage());
        }
    }

    private static void serve(Settings settings) {
        if (settings.dev()) {
            log().log(
                            Level.WARNING,
                            "--dev: NO SIGNATURE IS CHECKED. Whoever reaches {0} may act as any account.",
                            settings.listen());
        }
        Assembly assembly = Assembly.start(settings, Main::end);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(assembly::close));
        // The thread that a signal runs on would not keep the JVM from ending once nobody listens any more.
        StopSignals.handle(
                () -> Thread.ofPlatform().name("stop-signal").daemon(false).start(() -> stop(assembly)));
        System.out.println("linkspan ready " + assembly.url());
        if (Welcome.isWanted()) {
            Path usual = Settings.usualData(System.getenv());
            Welcome.lines(assembly.url(), settings.data(), usual, settings.dev())
                    .forEach(System.out::println);
        }
        System.out.flush();
    }

    private static void stop(Assembly assembly) {
        log().log(Level.INFO, "stopping: what was accepted is finished first");
        assembly.close();
        log().log(Level.INFO, "stopped");
        System.exit(0);
    }

    /** Lets what is under way end, as far as it still does, and exits so that a supervisor starts the server again. */
    private static void end(String what) {
        Thread.ofPlatform().daemon().name("end").start(() -> {
            LockSupport.parkNanos(LONGEST_END.toNanos());
            Runtime.getRuntime().halt(PART_ENDED);
        });
        log().log(Level.ERROR, "exiting with code {0}, since {1} has ended", PART_ENDED, what);
        System.exit(PART_ENDED);
    }

    /** The JVM exits by itself where its heap is used up; where anything else is, whoever meets it first ends it. */
    private static void endWithoutMemory() {
        UncaughtExceptionHandler logging = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {
            try {
                if (logging != null) {
                    logging.uncaughtException(thread, failure);
                }
            } finally {
                if (failure instanceof OutOfMemoryError) {
                    Runtime.getRuntime().halt(OUT_OF_MEMORY);
                }
            }
        });
    }

    /** Where machines read the log they read this too. */
    private static void fail(Settings settings, @Nullable String message) {
        if (settings.log() == Logging.Format.JSON) {
            log().log(Level.ERROR, String.valueOf(message));
            System.exit(Program.FAILED);
        }
        Program.exit(Program.FAILED, message);
    }

    private static Logger log() {
        return System.getLogger(Main.class.getName());
    }

    private static String help() {
        return """
                Usage: linkspan serve [OPTION...]

                Runs a server until it is told to stop (SIGTERM, Ctrl-C). Options:

                %s
                  --config FILE                      a YAML file with the same names, one 'name: value' a line

                Every option has an environment variable (LINKSPAN_LISTEN, LINKSPAN_PEERING_REQUIRES_VM, ...).
                The command line goes before the environment, and that before the file.
                """.formatted(Arrays.stream(Setting.values()).map(Setting::help).collect(Collectors.joining("\n")));
    }
}
