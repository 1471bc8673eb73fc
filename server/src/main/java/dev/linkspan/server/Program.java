package dev.linkspan.server;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the programs of this package have in common: how they are asked for help, and how they end. */
final class Program {

    /** What was to be done could not be done. */
    static final int FAILED = 1;

    /** What was asked for is nothing that can be done. */
    static final int WRONG_USE = 2;

    private Program() {}

    static boolean isAskedForHelp(List<String> arguments) {
        return arguments.contains("--help") || arguments.contains("-h");
    }

    /** Ends it with this exit code, and says why on standard error. */
    static void exit(int code, @Nullable String reason) {
        System.err.println("linkspan: " + reason);
        System.exit(code);
    }
}
