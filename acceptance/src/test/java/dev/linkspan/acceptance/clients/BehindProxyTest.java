package dev.linkspan.acceptance.clients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.linkspan.acceptance.Account;
import dev.linkspan.acceptance.LinkspanServer;
import dev.linkspan.acceptance.Repository;
import dev.linkspan.cli.client.Endpoint;
import dev.linkspan.cli.client.LinkspanClient;
import dev.linkspan.cli.client.RequestSigner;
import dev.linkspan.cli.client.SignatureFamily;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Clients whose endpoint is a proxy: their signatures cover the host, its port, the path and the body as the proxy was sent
 * them. The proxies are Debian's, and their configurations those that are there to be copied, but for the ports.
 */
class BehindProxyTest {

    @RegisterExtension
    private static final LinkspanServer SERVER = LinkspanServer.with();

    private static final Path DOCUMENT = Repository.root().resolve("docs").resolve("operating.md");
    private static final String NGINX = "nginx";
    private static final String HAPROXY = "haproxy";
    private static final String DOCUMENTED_PORT = "8080";
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int FORBIDDEN = 403;
    private static final int FIRST_ERROR = 400;
    private static final int ENOUGH_FOR_SEVERAL_BUFFERS = 190;

    @TempDir
    private Path folder;

    private Optional<Programs.Running> running = Optional.empty();

    @AfterEach
    void the_proxy_stops() {
        running.ifPresent(it -> {
            it.process().destroy();
            Programs.ended(it);
        });
    }

    private URI start(String proxy) throws IOException {
        return start(proxy, UnaryOperator.identity());
    }

    /** Starts it before the server; skips the test where there is none. */
    private URI start(String proxy, UnaryOperator<String> change) throws IOException {
        Optional<Path> program = Stream.concat(Programs.found(proxy), Stream.of(Path.of("/usr/sbin", proxy)))
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(program.isPresent(), "there is no %1$s: apt-get install %1$s".formatted(proxy));
        int port = freePort();
        String configuration = proxy.equals(NGINX) ? nginx(port) : documented(HAPROXY, port);
        String file = Files.writeString(folder.resolve(proxy + ".conf"), change.apply(configuration))
                .toString();
        String path = program.orElseThrow().toString();
        List<String> command = proxy.equals(NGINX)
                ? List.of(
                        path,
                        "-p",
                        folder.toString(),
                        "-e",
                        folder.resolve("error.log").toString(),
                        "-c",
                        file)
                : List.of(path, "-db", "-f", file);
        Programs.Running started = Programs.in(folder).begin(command);
        running = Optional.of(started);
        awaitListening(port, started);
        return URI.create("http://127.0.0.1:" + port);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** The block of the document for this proxy, with this port, and the server's. */
    private static String documented(String proxy, int port) throws IOException {
        Matcher block =
                Pattern.compile("(?s)```%s\\n(.*?)```".formatted(proxy)).matcher(Files.readString(DOCUMENT, UTF_8));
        assertThat(block.find()).isTrue();
        return block.group(1)
                .replace(DOCUMENTED_PORT, "127.0.0.1:%d".formatted(port))
                .replace("bind :127", "bind 127")
                .replace("127.0.0.1:7780", SERVER.url().getAuthority());
    }

    /** What is around the block on a whole machine, here in a folder of the test's and in one process. */
    private String nginx(int port) throws IOException {
        return """
                daemon off;
                master_process off;
                pid nginx.pid;
                events {}
                http {
                  access_log off;
                  client_body_temp_path body;
                  proxy_temp_path proxy;
                  fastcgi_temp_path fastcgi;
                  uwsgi_temp_path uwsgi;
                  scgi_temp_path scgi;
                %s
                }
                """.formatted(documented(NGINX, port));
    }

    private static void awaitListening(int port, Programs.Running started) throws IOException {
        long begun = System.nanoTime();
        while (System.nanoTime() - begun < PATIENCE.toNanos()
                && started.process().isAlive()) {
            try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return;
            } catch (IOException notYet) {
                LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            }
        }
        throw new AssertionError("the proxy does not listen: " + Files.readString(started.output(), UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {NGINX, HAPROXY})
    void signed_calls_of_the_ec2_api_pass(String proxy) throws IOException {
        URI address = start(proxy);
        Sdk sdk = Sdk.at(address, SERVER.account());

        String vpc = sdk.vpc("10.0.0.0/16").vpcId();
        List<String> many = Stream.concat(
                        Stream.of(vpc),
                        Stream.iterate(1, it -> it + 1)
                                .map("vpc-%08x"::formatted)
                                .limit(ENOUGH_FOR_SEVERAL_BUFFERS))
                .toList();

        assertThat(sdk.ec2()
                        .describeVpcs(request -> request.filters(Sdk.filter("vpc-id", many.toArray(String[]::new))))
                        .vpcs())
                .hasSize(1);
        assertThat(sdk.sts().getCallerIdentity().account()).isEqualTo(sdk.id());
        Sdk.refused("InvalidVpcID.NotFound", () -> sdk.ec2().deleteVpc(request -> request.vpcId("vpc-0000dead")));
    }

    @ParameterizedTest
    @ValueSource(strings = {NGINX, HAPROXY})
    void signed_calls_of_the_outscale_api_pass_and_are_answered_as_without_it(String proxy) throws IOException {
        URI address = start(proxy);
        Account account = SERVER.account();
        Endpoint through = new Endpoint(address);
        Account behind = new Account(
                account.id(),
                account.key(),
                new LinkspanClient(through).asAccount(account.key(), LinkspanServer.REGION));

        String net = behind.net("10.0.0.0/16");
        assertThat(behind.ask("ReadNets").list("Nets")).hasSize(1);
        assertThat(behind.call("DeleteNet", "NetId", "vpc-0000dead").status())
                .isEqualTo(account.call("DeleteNet", "NetId", "vpc-0000dead").status());
        behind.ask("DeleteNet", "NetId", net);

        // Clients put prefixes before paths that have one already: what comes of it is the server's to say, not the
        // proxy's.
        for (String path : List.of(
                "/api/latest/ReadNets", "/api/v1/api/v1/ReadNets", "/api/v1//api/latest/ReadNets", "/ReadNets")) {
            assertThat(signed(address, account, path)).as(path).isEqualTo(signed(SERVER.url(), account, path));
        }
    }

    /** Status and body of the answer to a signed call, but for the request's id. */
    private static String signed(URI server, Account account, String path) throws IOException {
        byte[] body = "{}".getBytes(UTF_8);
        Map<String, String> headers = new RequestSigner(
                        SignatureFamily.OSC4, account.key(), LinkspanServer.REGION, "api")
                .sign(server.getAuthority(), path, body, Instant.now());
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(server + path).toURL().openConnection();
        connection.setDoOutput(true);
        headers.forEach(connection::setRequestProperty);
        connection.getOutputStream().write(body);
        int status = connection.getResponseCode();
        InputStream answer = status < FIRST_ERROR ? connection.getInputStream() : connection.getErrorStream();
        return status + " " + new String(answer.readAllBytes(), UTF_8).replaceAll("\"RequestId\":\"[^\"]*\"", "");
    }

    @ParameterizedTest
    @ValueSource(strings = {NGINX, HAPROXY})
    void totals_are_kept_from_others(String proxy) throws IOException {
        URI address = start(proxy);

        HttpURLConnection connection =
                (HttpURLConnection) address.resolve("/metrics").toURL().openConnection();
        assertThat(connection.getResponseCode()).isEqualTo(FORBIDDEN);
        connection.disconnect();
    }

    @Test
    void with_the_host_of_its_own_that_nginx_sends_no_signature_fits() throws IOException {
        URI address = start(NGINX, text -> text.replaceAll("proxy_set_header Host .*", ""));

        assertThat(signed(address, SERVER.account(), "/api/v1/ReadNets")).startsWith("401 ");
    }
}
