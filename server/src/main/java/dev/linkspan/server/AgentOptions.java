package dev.linkspan.server;

import dev.linkspan.server.network.ovsdb.Endpoint;
import dev.linkspan.server.network.vm.VmLink;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code linkspan agent} was told on its command line.
 *
 * @param ovs the socket of the host's database Open_vSwitch
 * @param authority who must have signed the server's certificate
 * @param capacity how many machines the host takes
 * @param mtu the largest packet of a machine in bytes
 * @param machines the folder of the machines' namespaces
 */
record AgentOptions(
        URI server, Path token, Optional<Path> authority, Endpoint.Unix ovs, int capacity, int mtu, Path machines) {

    private static final String SERVER = "--server";
    private static final String TOKEN = "--token-file";
    private static final String OVS = "--ovs";
    private static final String CAPACITY = "--capacity";
    private static final String AUTHORITY = "--ca";
    private static final String MTU = "--mtu";
    private static final String MACHINES = "--machines";
    private static final List<String> ALL = List.of(SERVER, TOKEN, OVS, CAPACITY, AUTHORITY, MTU, MACHINES);

    static final String USUAL_OVS = "unix:/run/openvswitch/db.sock";

    /** Beside the folders of servers, which {@code linkspan cleanup} removes once nobody takes care of them. */
    private static final String USUAL_MACHINES = "/run/linkspan-agent/machines";

    private static final int LARGEST_CAPACITY = 10_000;
    private static final int SMALLEST_MTU = 576;

    /** Throws {@link InvalidSettings} that says what would be accepted. */
    static AgentOptions of(List<String> arguments) {
        Map<String, String> given = given(arguments);
        return new AgentOptions(
                server(needed(given, SERVER)),
                Path.of(needed(given, TOKEN)),
                Optional.ofNullable(given.get(AUTHORITY)).map(Path::of),
                ovs(given.getOrDefault(OVS, USUAL_OVS)),
                number(CAPACITY, needed(given, CAPACITY), 1, LARGEST_CAPACITY),
                number(MTU, given.getOrDefault(MTU, Integer.toString(VmLink.MTU)), SMALLEST_MTU, VmLink.MTU),
                Path.of(given.getOrDefault(MACHINES, USUAL_MACHINES)));
    }

    private static Map<String, String> given(List<String> arguments) {
        Map<String, String> given = new HashMap<>();
        for (int i = 0; i < arguments.size(); i++) {
            String[] parts = arguments.get(i).split("=", 2);
            if (!ALL.contains(parts[0])) {
                throw new InvalidSettings(
                        "agent has no option '%s': accepted are %s.".formatted(parts[0], String.join(", ", ALL)));
            }
            if (parts.length == 1 && i + 1 == arguments.size()) {
                throw new InvalidSettings("The option '%s' needs a value.".formatted(parts[0]));
            }
            given.put(parts[0], parts.length == 2 ? parts[1] : arguments.get(++i));
        }
        return given;
    }

    private static URI server(String text) {
        URI uri;
        try {
            uri = URI.create(text);
        } catch (IllegalArgumentException none) {
            throw wrong(SERVER, text, "a URL such as https://linkspan.example.com");
        }
        boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
        if (!web || uri.getHost() == null || uri.getQuery() != null) {
            throw wrong(SERVER, text, "a URL such as https://linkspan.example.com");
        }
        return uri;
    }

    /** The database of a host's Open vSwitch. */
    static Endpoint.Unix ovs(String text) {
        if (text.matches("unix:.+")) {
            return new Endpoint.Unix(Path.of(text.substring("unix:".length())));
        }
        throw wrong(OVS, text, "unix:PATH");
    }

    private static String needed(Map<String, String> given, String option) {
        String text = given.get(option);
        if (text == null) {
            throw new InvalidSettings("agent needs the option '%s': see ./linkspan agent --help.".formatted(option));
        }
        return text;
    }

    private static int number(String option, String text, int least, int most) {
        if (text.matches("[0-9]{1,9}")) {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        }
        throw wrong(option, text, "a number from %d to %d".formatted(least, most));
    }

    private static InvalidSettings wrong(String option, String text, String expected) {
        return new InvalidSettings(
                "The value '%s' of %s is not accepted: %s is expected.".formatted(text, option, expected));
    }

    static String help() {
        return """
                Usage: linkspan agent --server URL --token-file FILE --capacity N [OPTION...]

                Makes this host one of a server's, until it is told to stop (SIGTERM, Ctrl-C): it makes the machines which
                the server places here, and connects them to Open vSwitch, which OVN's ovn-controller steers. It needs
                root. When it ends, the machines stay and go on; the next one takes them over without disturbing them.

                Options:
                  --server URL         the server, such as https://linkspan.example.com
                  --token-file FILE    the token that the server has given for this host, in a file that only root reads
                  --capacity N         how many machines this host takes
                  --ovs unix:PATH      the database of Open vSwitch (default: %s)
                  --ca FILE            certificates (PEM), one of which must have signed the server's
                  --mtu N              the largest packet of a machine in bytes: what the hosts' network carries, less
                                       58 for the tunnel (default: %d)
                  --machines DIR       the folder of the machines' namespaces (default: %s)

                Examples:
                  ./linkspan agent --server https://linkspan.example.com --token-file /etc/linkspan/token --capacity 50
                """.formatted(USUAL_OVS, VmLink.MTU, USUAL_MACHINES);
    }
}
