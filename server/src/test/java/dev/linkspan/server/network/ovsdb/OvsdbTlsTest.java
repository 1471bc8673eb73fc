package dev.linkspan.server.network.ovsdb;

import static dev.linkspan.server.network.ovsdb.TestDatabase.box;
import static dev.linkspan.server.network.ovsdb.TestDatabase.boxes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.linkspan.server.network.ovsdb.OvsdbSettings.Limits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client on {@code ssl:}, with certificates on both sides. */
class OvsdbTlsTest {

    private static final Limits HASTY = new Limits(
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(2),
            Duration.ofMillis(20),
            Duration.ofMillis(100),
            1 << 20);

    @TempDir
    private Path folder;

    private Programs programs;
    private Endpoint endpoint;

    @BeforeEach
    void start() throws IOException {
        Programs.assumeInstalled("ovsdb-server", "ovsdb-tool", "openssl");
        programs = new Programs(folder);
        makeAuthority("ours");
        makeAuthority("another");
        certify("server", "ours");
        certify("client", "ours");
        certify("stranger", "another");
        int port = freePort();
        OvsdbServer.standalone(
                programs,
                folder,
                "secured",
                TestDatabase.schema(folder),
                "--remote=pssl:" + port + ":127.0.0.1",
                "--private-key=" + folder.resolve("server.key"),
                "--certificate=" + folder.resolve("server.crt"),
                "--ca-cert=" + folder.resolve("ours.crt"));
        endpoint = Endpoint.parse("ssl:127.0.0.1:" + port);
    }

    @AfterEach
    void stop() {
        if (programs != null) {
            programs.close();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void makeAuthority(String name) {
        programs.run(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=" + name,
                "-keyout",
                folder.resolve(name + ".key").toString(),
                "-out",
                folder.resolve(name + ".crt").toString());
    }

    private void certify(String name, String authority) {
        programs.run(
                "openssl",
                "req",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-subj",
                "/CN=" + name,
                "-keyout",
                folder.resolve(name + ".key").toString(),
                "-out",
                folder.resolve(name + ".csr").toString());
        programs.run(
                "openssl",
                "x509",
                "-req",
                "-days",
                "2",
                "-set_serial",
                "2",
                "-in",
                folder.resolve(name + ".csr").toString(),
                "-CA",
                folder.resolve(authority + ".crt").toString(),
                "-CAkey",
                folder.resolve(authority + ".key").toString(),
                "-out",
                folder.resolve(name + ".crt").toString());
    }

    private Certificates certificates(String name, String authority) {
        return new Certificates(
                folder.resolve(name + ".key"), folder.resolve(name + ".crt"), folder.resolve(authority + ".crt"));
    }

    private OvsdbClient open(Certificates certificates) {
        return OvsdbClient.open(TestDatabase.settings(endpoint).with(HASTY).with(certificates));
    }

    @Test
    void both_sides_show_certificates_of_the_same_authority() {
        try (OvsdbClient client = open(certificates("client", "ours"))) {
            client.transact(List.of(box("first")));
            assertThat(boxes(client)).containsExactly("first");
        }
    }

    @Test
    void a_server_of_another_authority_is_not_trusted() {
        try (OvsdbClient client = open(certificates("client", "another"))) {
            assertThat(catchThrowable(client::awaitReady)).isInstanceOf(OvsdbException.Unavailable.class);
        }
    }

    @Test
    void a_client_of_another_authority_is_not_served() {
        try (OvsdbClient client = open(certificates("stranger", "ours"))) {
            assertThat(catchThrowable(client::awaitReady)).isInstanceOf(OvsdbException.Unavailable.class);
        }
    }

    @Test
    void without_certificates_nothing_is_said() {
        try (OvsdbClient client =
                OvsdbClient.open(TestDatabase.settings(endpoint).with(HASTY))) {
            assertThat(catchThrowable(client::awaitReady))
                    .isInstanceOf(OvsdbException.Unavailable.class)
                    .hasMessageContaining("ssl: needs certificates");
        }
    }

    @Test
    void a_file_that_cannot_be_used_is_named() throws IOException {
        Path broken = Files.writeString(folder.resolve("broken.key"), "no key");
        Certificates certificates = new Certificates(broken, folder.resolve("client.crt"), folder.resolve("ours.crt"));
        assertThat(catchThrowable(() -> open(certificates)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("broken.key");
    }
}
