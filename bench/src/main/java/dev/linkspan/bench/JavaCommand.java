package dev.linkspan.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * How a running server's Java was started. With it another one can be started without the launcher's shell before it, but
 * with the flags that the launcher chose.
 *
 * @param words up to the name of the main class
 */
record JavaCommand(List<String> words) {

    static final String SERVER = "dev.linkspan.server.Main";

    static JavaCommand of(Kernel server) throws IOException {
        List<String> line = server.commandLine();
        int main = line.indexOf(SERVER);
        if (main < 0) {
            throw new IOException("process %d runs no server: %s".formatted(server.pid(), line));
        }
        return new JavaCommand(line.subList(0, main + 1));
    }

    List<String> with(List<String> options) {
        List<String> line = new ArrayList<>(words);
        line.addAll(options);
        return line;
    }

    /** The same Java doing nothing: what no program can be faster than. */
    List<String> doingNothing() {
        return List.of(words.getFirst(), "-XX:+UseSerialGC", "-version");
    }
}
