package dev.linkspan.acceptance.packets;

import static dev.linkspan.acceptance.packets.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.acceptance.LinkspanServer;
import dev.linkspan.cli.command.Linkspan;
import dev.linkspan.cli.network.RunFolder;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;

/** A server's network outlives the server, until it is cleaned up. */
@DisabledIfEnvironmentVariable(named = "LINKSPAN_NETWORK", matches = "none")
class CleanupTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final LinkspanServer server =
            LinkspanServer.with("--network", "netns").open();
    private final RunFolder network =
            new RunFolder(Path.of(server.operator().ask("ReadStatus").text("Network", "RunFolder")));

    @AfterEach
    void nothing_is_left() {
        server.close();
        network.remove();
    }

    private int cleanup(String... arguments) {
        return Linkspan.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(Stream.concat(Stream.of("cleanup"), Stream.of(arguments))
                        .toArray(String[]::new));
    }

    @Test
    void the_network_of_a_server_that_runs_is_left_alone_unless_forced() {
        String folder = network.path().toString();

        assertThat(cleanup(folder)).isEqualTo(1);
        assertThat(out.toString())
                .contains(
                        "left alone",
                        folder,
                        "(process %d)".formatted(server.process().pid()),
                        "--force");
        assertThat(network.path()).isDirectory();

        assertThat(cleanup("--force", folder)).isZero();
        assertThat(network.path()).doesNotExist();
    }

    @Test
    void the_network_of_a_server_that_died_is_removed_with_its_machines() {
        server.account().inhabitedNet("10.0.0.0/16");
        await("that the VM is on the wire", () -> network.namespaces().size() == 2);
        server.kill();

        assertThat(cleanup(network.path().toString())).isZero();

        assertThat(out.toString()).contains("removed", network.path().toString(), "1 VM and 1 router");
        assertThat(network.path()).doesNotExist();
    }

    @Test
    void nothing_is_removed_where_one_of_the_folders_is_none() {
        server.kill();

        assertThat(cleanup(network.path().toString(), "/etc")).isEqualTo(2);

        assertThat(err.toString())
                .contains("/etc is no run folder", network.path().toString());
        assertThat(network.path()).isDirectory();
    }
}
