package dev.linkspan.server;

import java.io.Console;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What to do next with a server that has just started, for the person who started it. */
final class Welcome {

    private static final String USUAL_URL = "http://127.0.0.1:7780";

    private Welcome() {}

    /** Whether a person looks: programs read one line of standard output and need no more. */
    static boolean isWanted() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    }

    /**
     * The commands as they have to be typed for this server.
     *
     * @param usualData where commands look for the data folder unless they are told
     */
    static List<String> lines(URI url, Path data, Path usualData, boolean dev) {
        String where = (url.toString().equals(USUAL_URL) ? "" : " --url " + url)
                + (data.equals(usualData) ? "" : " --data " + data);
        String keys = dev
                ? "  --dev: no signature is checked; the access key's place takes any 12 digits, which are the account"
                : "  (./linkspan serve --dev believes every request: for trying things out without keys)";
        return List.of(
                "",
                "  In another terminal:",
                "  ./linkspan account create" + where + "    an account and its access key",
                "  ./linkspan explain i-... 10.1.1.4" + where + "    why a packet does not arrive",
                keys,
                "  The web console: " + url + "/cockpit/    Ctrl-C stops the server",
                "");
    }
}
