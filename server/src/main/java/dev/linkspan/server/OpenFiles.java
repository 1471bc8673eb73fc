package dev.linkspan.server;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** How many files, connections among them, this process may have open at once. */
final class OpenFiles {

    private OpenFiles() {}

    /** What {@code ulimit -n} says; the JVM has raised it to the hard limit by itself. */
    static long most() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                ? system.getMaxFileDescriptorCount()
                : Long.MAX_VALUE;
    }
}
