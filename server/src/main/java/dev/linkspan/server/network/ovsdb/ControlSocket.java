package dev.linkspan.server.network.ovsdb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** The socket by which a running program of Open vSwitch is told something, as ovs-appctl(8) does: JSON-RPC like OVSDB. */
public final class ControlSocket {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long LONGEST_ANSWER = 16L << 20;

    private final Path file;

    /** @param file where the program listens, such as {@code /run/openvswitch/ovs-vswitchd.42.ctl} */
    public ControlSocket(Path file) {
        this.file = file;
    }

    /**
     * Runs one of its commands, and answers what it says. Throws {@link OvsdbException} where it refuses or does not answer, and
     * {@link UncheckedIOException} where nobody listens.
     */
    public String run(String command, String... arguments) {
        try (Transport transport = Transport.open(new Endpoint.Unix(file), Optional.empty(), PATIENCE);
                Connection connection = Connection.over(transport, "control", PATIENCE, LONGEST_ANSWER, (_, _) -> {})) {
            Json answer = connection.call(
                    command, Arrays.stream(arguments).map(Json.Text::new).toArray(Json[]::new));
            return answer instanceof Json.Text(String text) ? text : "";
        } catch (IOException unreachable) {
            throw new UncheckedIOException("nobody listens on " + file, unreachable);
        }
    }
}
