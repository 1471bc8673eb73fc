package dev.linkspan.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How busy the machine is.
 *
 * @param average how many threads ran or wanted to run, over the last minute
 */
record Load(double average, int processors) {

    static Load now() throws IOException {
        String text = Files.readString(Path.of("/proc/loadavg"));
        return new Load(
                Double.parseDouble(text.substring(0, text.indexOf(' '))),
                Runtime.getRuntime().availableProcessors());
    }

    /** Whether somebody else's work is in whatever is measured now. */
    boolean isNoisy() {
        return average > processors;
    }
}
