package dev.linkspan.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The command line as such: help, wrong usage, and what is said when there is no server. */
class LinkspanTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        return Linkspan.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    static Stream<String> commands() {
        return leaves(Linkspan.commandLine(), "");
    }

    private static Stream<String> leaves(CommandLine command, String path) {
        Stream<String> below = command.getSubcommands().entrySet().stream()
                .flatMap(entry -> leaves(entry.getValue(), (path + " " + entry.getKey()).strip()));
        return path.isEmpty() ? below : Stream.concat(Stream.of(path), below);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void every_command_has_help_with_an_example(String command) {
        assertThat(run((command + " --help").split(" ", -1))).isZero();

        assertThat(out.toString())
                .contains("Usage: linkspan " + command)
                .contains("Examples:")
                .contains("./linkspan ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bogus",
                "status --bogus",
                "key create",
                "vm exec",
                "clock advance tomorrow",
                "status --url 127.0.0.1:7780",
                "status --url ftp://localhost",
                "quota set --account 123456789012 nets many",
                "backup",
                "cleanup /etc",
                "demo --hosts 2",
                "demo --hosts 6",
                "demo --hosts 3 --keep",
                "explain i-1234abcd",
                "explain i-1234abcd 10.1.1.4 --tcp https",
                "events --limit all",
                "account create --export 1A",
                "explain i-1234abcd 10.1.1.4 --tcp 22 --udp 53"
            })
    void wrong_usage_is_told_and_has_its_own_exit_code(String arguments) {
        assertThat(run(arguments.split(" ", -1))).isEqualTo(2);

        assertThat(err.toString().strip().lines().toList().getLast()).startsWith("linkspan: ");
        assertThat(err.toString().lines()).hasSizeLessThan(8);
        assertThat(err.toString()).doesNotContain("Exception", "java.", " int", " long", "to Duration");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void the_admin_token_is_not_sent_to_a_server_that_does_not_know_it(@TempDir Path data) throws Exception {
        Files.writeString(data.resolve("admin.token"), "secret");
        List<String> authorizations = new CopyOnWriteArrayList<>();
        HttpServer stranger = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        stranger.createContext("/", exchange -> {
            authorizations.addAll(exchange.getRequestHeaders().getOrDefault("Authorization", List.of()));
            byte[] answer = "{\"Proof\":\"00\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        stranger.start();
        String url = "http://127.0.0.1:" + stranger.getAddress().getPort();

        int code = run("status", "--url", url, "--data", data.toString());
        stranger.stop(0);

        assertThat(code).isEqualTo(1);
        assertThat(err.toString())
                .contains(url, "was not sent", "--url", "--data")
                .doesNotContain("Exception");
        assertThat(authorizations).isEmpty();
    }

    @Test
    void a_key_without_its_secret_is_told_before_anything_is_asked() {
        assertThat(run("explain", "i-1234abcd", "10.1.1.4", "--access-key", "AK", "--url", "http://127.0.0.1:1"))
                .isEqualTo(1);

        assertThat(err.toString()).contains("OSC_SECRET_KEY is not set").doesNotContain("Exception");
    }

    @Test
    void without_a_server_the_next_step_is_told(@TempDir Path data) throws Exception {
        Files.writeString(data.resolve("admin.token"), "secret");

        int code = run("status", "--url", "http://127.0.0.1:1", "--data", data.toString());

        assertThat(code).isEqualTo(3);
        assertThat(err.toString())
                .contains("no server answers at http://127.0.0.1:1: start one with ./linkspan serve")
                .doesNotContain("Exception");
    }

    @Test
    void without_the_token_the_data_folder_is_asked_for(@TempDir Path data) {
        assertThat(run("status", "--data", data.toString())).isEqualTo(1);

        assertThat(err.toString()).contains(data.resolve("admin.token").toString(), "--data", "LINKSPAN_DATA");
    }

    @Test
    void a_vm_has_an_id_of_its_kind() {
        assertThat(run("vm", "exec", "../../etc", "--", "true")).isEqualTo(125);

        assertThat(err.toString()).contains("'../../etc'", "i-1234abcd");
    }

    @Test
    void the_version_is_printed_as_json() {
        assertThat(run("version", "--json")).isZero();

        assertThat(out.toString()).startsWith("{\"Version\":").contains("\"Java\":\"25");
    }
}
