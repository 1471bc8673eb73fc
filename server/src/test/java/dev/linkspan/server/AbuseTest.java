package dev.linkspan.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Slow;
import dev.linkspan.server.PersistentSocket.Answer;
import dev.linkspan.server.StrangeRequests.Request;
import dev.linkspan.server.network.linux.namespace.NamespaceFolder;
import dev.linkspan.server.network.linux.namespace.NetworkNamespaces;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What somebody does who means ill, again and again, to a real server with a network: what it takes of the machine must not
 * grow, and it must answer all the while. For an hour with {@code --long}, and for a few rounds else.
 */
@Slow
class AbuseTest {

    private static final Duration HOUR = Duration.ofHours(1);

    /** How long with {@code --long}; another time is for trying things out. */
    private static final Duration TIME = Boolean.getBoolean("linkspan.long")
            ? Duration.ofSeconds(Long.getLong("linkspan.abuse.seconds", HOUR.toSeconds()))
            : Duration.ZERO;

    private static final int WARM_UP = 2;
    private static final int FEWEST_ROUNDS = 2;
    private static final int CONNECTIONS = 300;
    private static final int HALF_REQUESTS = 60;
    private static final int MACHINES = 25;
    private static final int TAGS_EACH = 45;
    private static final int REQUESTS = 40;
    private static final long MOST_RESIDENT_KILOBYTES = 480 << 10;
    private static final int MOST_MORE_FILES = 40;
    private static final int MOST_MORE_THREADS = 40;
    private static final int MOST_LOGGED_BYTES = 900;
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    private Path folder;

    private final Random random = new Random(1);
    private URI url;
    private long sent;
    private String subnet = "";
    private final List<String> nets = new ArrayList<>();

    @BeforeEach
    void needsNamespaces() throws InterruptedException {
        NamespaceFolder.assumePermitted();
    }

    /** What the server has of the machine. */
    private record Taken(long resident, long files, long threads, long namespaces) {

        boolean withinReachOf(Taken before) {
            return resident <= MOST_RESIDENT_KILOBYTES
                    && files <= before.files + MOST_MORE_FILES
                    && threads <= before.threads + MOST_MORE_THREADS
                    && namespaces == before.namespaces;
        }
    }

    @Test
    void whatever_is_repeated_the_server_takes_no_more_of_the_machine_and_goes_on_answering() throws Exception {
        ChildServer.Order order = ChildServer.Order.server(
                folder, "--dev", "--calls-per-account", "0", "--calls-per-address", "0", "--body-timeout", "2");
        Path runFolder = Path.of("");
        try (ChildServer server = ChildServer.start(folder, order)) {
            url = server.url();
            runFolder = Path.of(status().path("Network").path("RunFolder").asString());
            settle();
            IntStream.range(0, WARM_UP).forEach(_ -> round());
            Taken before = settled(server, runFolder);
            long logged = server.logBytes();
            sent = 0;
            int rounds = 0;
            long end = System.nanoTime() + TIME.toNanos();
            while (rounds < FEWEST_ROUNDS || System.nanoTime() < end) {
                round();
                rounds++;
                assertThat(call("ReadNets", "{}").status()).isEqualTo(200);
            }
            Taken after = awaitWithin(server, runFolder, before);
            System.out.printf(
                    "abuse: %d rounds, %,d connections and calls, before %s, after %s, %,d bytes of log%n",
                    rounds, sent, before, after, server.logBytes() - logged);
            assertThat(after.withinReachOf(before))
                    .as("%s after %s", after, before)
                    .isTrue();
            assertThat((server.logBytes() - logged) / sent)
                    .as("bytes of log for each")
                    .isLessThan(MOST_LOGGED_BYTES);
            assertThat(server.log()).noneMatch(line -> line.contains("BUG:"));
        } finally {
            if (!runFolder.toString().isEmpty()) {
                NetworkNamespaces.cleanUp(runFolder);
            }
        }
    }

    private void settle() {
        nets.add(made("CreateNet", "{\"IpRange\":\"10.0.0.0/16\"}", "NetId"));
        nets.add(made("CreateNet", "{\"IpRange\":\"10.1.0.0/16\"}", "NetId"));
        subnet = made(
                "CreateSubnet",
                "{\"IpRange\":\"10.0.1.0/24\",\"NetId\":\"%s\"}".formatted(nets.getFirst()),
                "SubnetId");
        String other = made(
                "CreateSubnet", "{\"IpRange\":\"10.1.1.0/24\",\"NetId\":\"%s\"}".formatted(nets.getLast()), "SubnetId");
        made("CreateVms", machines(subnet, 1), "VmId");
        made("CreateVms", machines(other, 1), "VmId");
    }

    private static String machines(String subnet, int many) {
        return "{\"SubnetId\":\"%s\",\"ImageId\":\"ami-00000001\",\"MinVmsCount\":%d,\"MaxVmsCount\":%d}"
                .formatted(subnet, many, many);
    }

    private void round() {
        try {
            connectAndSayNothing();
            sendHalves();
            makeAndUnmake();
            askAndWithdraw();
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private void connectAndSayNothing() throws IOException {
        List<Socket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < CONNECTIONS; i++) {
                sockets.add(connected());
            }
        } finally {
            closeAll(sockets);
        }
    }

    /** Half a head, half a large body, and what is no request; some wait for the answer. */
    private void sendHalves() throws IOException {
        List<Socket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < HALF_REQUESTS; i++) {
                Socket socket = connected();
                sockets.add(socket);
                byte[] bytes = new byte[random.nextInt(30_000)];
                random.nextBytes(bytes);
                String head = switch (i % 3) {
                    case 0 -> "GET /api/v1/ReadNets HTTP/1.1\r\nX-Half: ";
                    case 1 ->
                        "POST /api/v1/ReadNets HTTP/1.1\r\nHost: %s\r\nContent-Length: 900000\r\n\r\n"
                                .formatted(url.getAuthority());
                    default -> "";
                };
                write(socket, head.getBytes(StandardCharsets.US_ASCII));
                write(socket, i % 3 == 0 ? "x".repeat(500).getBytes(StandardCharsets.US_ASCII) : bytes);
            }
        } finally {
            closeAll(sockets);
        }
    }

    private Socket connected() throws IOException {
        sent++;
        return new Socket(url.getHost(), url.getPort());
    }

    /** From another address than those that say nothing: what they take is their own address's. */
    private Socket connectedFromElsewhere() throws IOException {
        sent++;
        return new Socket(url.getHost(), url.getPort(), InetAddress.ofLiteral("127.0.0.2"), 0);
    }

    /** The server may have ended it. */
    private static void write(Socket socket, byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException ended) {
            // as it should be
        }
    }

    private static void closeAll(List<Socket> sockets) throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    /** Machines with so many tags that the list is a long answer, of which a part is taken. */
    private void makeAndUnmake() throws IOException {
        List<String> vms = call("CreateVms", machines(subnet, MACHINES)).body().findValuesAsString("VmId");
        String ids = "[\"%s\"]"
                .formatted(String.join("\",\"", vms.stream().distinct().toList()));
        String tags = IntStream.range(0, TAGS_EACH)
                .mapToObj("{\"Key\":\"key-%d\",\"Value\":\"x\"}"::formatted)
                .reduce((one, other) -> one + "," + other)
                .orElseThrow();
        Called tagged = call("CreateTags", "{\"ResourceIds\":%s,\"Tags\":[%s]}".formatted(ids, tags));
        // The tags of the machines of the last hour count too.
        assertThat(tagged.status() == 200 || tagged.isBeyondQuota())
                .as("%s", tagged)
                .isTrue();
        for (int i = 0; i < 5; i++) {
            try (Socket socket = connectedFromElsewhere()) {
                write(
                        socket,
                        "POST /api/v1/ReadTags HTTP/1.1\r\nHost: %s\r\nContent-Length: 2\r\n\r\n{}"
                                .formatted(url.getAuthority())
                                .getBytes(StandardCharsets.US_ASCII));
                socket.getInputStream().readNBytes(100);
            }
        }
        assertThat(call("DeleteVms", "{\"VmIds\":%s}".formatted(ids)).status()).isEqualTo(200);
    }

    private void askAndWithdraw() throws IOException {
        for (int i = 0; i < REQUESTS; i++) {
            Called asked = call(
                    "CreateNetPeering",
                    "{\"SourceNetId\":\"%s\",\"AccepterNetId\":\"%s\"}".formatted(nets.getFirst(), nets.getLast()));
            // There is a quota on those that come to nothing.
            if (!asked.isBeyondQuota()) {
                String id = asked.body().path("NetPeering").path("NetPeeringId").asString();
                call("DeleteNetPeering", "{\"NetPeeringId\":\"%s\"}".formatted(id));
            }
        }
    }

    private record Called(int status, JsonNode body) {

        boolean isBeyondQuota() {
            return body.path("Errors").path(0).path("Type").asString("").startsWith("TooManyResources");
        }
    }

    private Called call(String name, String body) throws IOException {
        return ask("/api/v1/" + name, body, List.of());
    }

    private Called ask(String path, String body, List<String> headers) throws IOException {
        try (PersistentSocket socket = new PersistentSocket(url, connectedFromElsewhere())) {
            Answer answer = socket.ask(new Request("POST", path, headers, body.getBytes(StandardCharsets.UTF_8)));
            return new Called(answer.status(), JSON.readTree(answer.body()));
        }
    }

    private String made(String call, String body, String id) {
        try {
            Called made = call(call, body);
            assertThat(made.status()).as("%s", made.body()).isEqualTo(200);
            return made.body().findValue(id).asString();
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private JsonNode status() throws IOException {
        String token = Files.readString(folder.resolve("data/admin.token")).strip();
        return ask("/linkspan/v1/ReadStatus", "{}", List.of("Authorization: Bearer " + token))
                .body();
    }

    /** What it has once everything is on the wire. */
    private Taken settled(ChildServer server, Path runFolder) throws IOException {
        long deadline = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        JsonNode network = status().path("Network");
        while (network.path("AppliedSequence").asLong()
                < network.path("LastSequence").asLong()) {
            assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
            LockSupport.parkNanos(50_000_000);
            network = status().path("Network");
        }
        return taken(server, runFolder);
    }

    private Taken awaitWithin(ChildServer server, Path runFolder, Taken before) throws IOException {
        long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        Taken taken = settled(server, runFolder);
        while (!taken.withinReachOf(before) && System.nanoTime() < deadline) {
            LockSupport.parkNanos(100_000_000);
            taken = settled(server, runFolder);
        }
        return taken;
    }

    private static Taken taken(ChildServer server, Path runFolder) throws IOException {
        try (Stream<Path> namespaces = Files.list(runFolder)) {
            return new Taken(server.residentKilobytes(), server.openFiles(), server.threads(), namespaces.count());
        }
    }
}
