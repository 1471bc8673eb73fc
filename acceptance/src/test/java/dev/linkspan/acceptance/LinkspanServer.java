package dev.linkspan.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.cli.client.AccessKey;
import dev.linkspan.cli.client.Answer;
import dev.linkspan.cli.client.Caller;
import dev.linkspan.cli.client.DataFolder;
import dev.linkspan.cli.client.Endpoint;
import dev.linkspan.cli.client.Json;
import dev.linkspan.cli.client.LinkspanClient;
import dev.linkspan.cli.network.Leftover;
import dev.linkspan.cli.network.Networks;
import dev.linkspan.cli.process.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import tools.jackson.databind.JsonNode;

/**
 * A server for tests: a process of its own, on a free port. As an extension it lives as long as the tests of one class, on
 * a data folder that is thrown away; opened and closed by hand, as long as a test wants, and on any folder. What goes
 * through its clients is judged by the {@link OpenApiContract}.
 */
public final class LinkspanServer implements BeforeAllCallback, AfterAllCallback, AutoCloseable {

    public static final String REGION = "eu-west-2";
    public static final String OTHER_REGION = "us-east-2";

    private static final String ACCOUNT_CALLS = "/api/v1/";
    private static final int LAST_GOOD_STATUS = 299;
    /** Any call may be answered so while the store is out of reach; the description declares it for none. */
    private static final int IN_TROUBLE = 503;

    private static final List<String> SECRETS = List.of("master.key", "admin.token");

    private final List<String> options;
    private final Path own;
    private final Path data;
    private ServerProcess process;

    private LinkspanServer(List<String> options, Path own, Path data) {
        this.options = options;
        this.own = own;
        this.data = data;
    }

    /**
     * A server with two Regions of two Subregions, and with these options besides. Unless they say otherwise it has no
     * packets, and its clock is a manual one: {@code with("--clock", "system")}.
     */
    public static LinkspanServer with(String... more) {
        Path own = temporaryFolder();
        return new LinkspanServer(options(more), own, own.resolve("data"));
    }

    /** The same on a data folder of the test's, which is made where it is missing and left there at the end. */
    public static LinkspanServer on(Path data, String... more) {
        return new LinkspanServer(options(more), temporaryFolder(), data);
    }

    private static List<String> options(String... more) {
        List<String> options = new ArrayList<>(List.of(more));
        options.addAll(List.of("--regions", REGION + ":a,b;" + OTHER_REGION + ":a,b"));
        Map.of("--network", "none", "--clock", "manual").forEach((name, value) -> {
            if (!options.contains(name)) {
                options.addAll(List.of(name, value));
            }
        });
        return List.copyOf(options);
    }

    /**
     * Another server with the same options and secrets and a data folder of its own, started: where the options name a
     * shared {@code --store}, the two serve the same Regions.
     */
    public LinkspanServer openTwin() {
        Path folder = temporaryFolder();
        LinkspanServer twin = new LinkspanServer(options, folder, folder.resolve("data"));
        try {
            Files.createDirectory(twin.data);
            for (String secret : SECRETS) {
                Files.copy(data.resolve(secret), twin.data.resolve(secret), StandardCopyOption.COPY_ATTRIBUTES);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return twin.open();
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("linkspan-acceptance-");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Starts it and waits until it is ready. */
    public LinkspanServer open() {
        begin();
        process.awaitReady();
        return this;
    }

    /** Starts it and does not wait. */
    public void begin() {
        List<String> command = new ArrayList<>(options);
        command.addAll(List.of("--listen", "127.0.0.1:0", "--data", data.toString()));
        process = ServerProcess.start(TestedServer.command(command, own), own.resolve("server.log"));
    }

    /** Ends the process as a crash would (SIGKILL), and waits for that; {@link #open} starts another on the same data. */
    public void kill() {
        process.kill();
    }

    /** Ends the process as a crash would, and starts another on the same data. */
    public void crashAndStartAgain() {
        kill();
        open();
    }

    /** Stops all that the process does, in the middle of it, until {@link #resume} (SIGSTOP). */
    public void stall() {
        signal("STOP");
    }

    /** Lets it go on where it was stopped. */
    public void resume() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            Process signalling = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .inheritIO()
                    .start();
            if (signalling.onExit().join().exitValue() != 0) {
                throw new IllegalStateException("cannot send SIG%s to process %d".formatted(name, process.pid()));
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Stops the process as an operator would, and throws its network away, and its data unless they are the test's. */
    @Override
    public void close() {
        List<Leftover> networks = Networks.of(process.pid());
        process.close();
        networks.forEach(Leftover::remove);
        delete(own);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        open();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        close();
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The process that runs now, for its id, its log and whether it lives. */
    public ServerProcess process() {
        return process;
    }

    public URI url() {
        return process.awaitReady();
    }

    public Path data() {
        return data;
    }

    /** A client whose every exchange is judged. */
    public LinkspanClient client() {
        return new LinkspanClient(new Endpoint(url(), LinkspanServer::judge));
    }

    /** A client for requests that are wrong on purpose, or in ways that the description does not know. */
    public LinkspanClient unjudgedClient() {
        return new LinkspanClient(new Endpoint(url()));
    }

    public Caller operator() {
        return client().asOperator(new DataFolder(data).adminToken());
    }

    /** A new account in the first Region. */
    public Account account() {
        return accountIn(REGION);
    }

    public Account accountIn(String region) {
        Answer made = operator().ask("CreateAccount");
        AccessKey key = new AccessKey(made.text("AccessKey", "AccessKeyId"), made.text("AccessKey", "SecretKey"));
        return new Account(made.text("Account", "AccountId"), key, client().asAccount(key, region));
    }

    /** The same account as seen from another Region. */
    public Account in(String region, Account account) {
        return new Account(account.id(), account.key(), client().asAccount(account.key(), region));
    }

    public void advance(String duration) {
        operator().ask("AdvanceClock", "Duration", duration);
    }

    private static void judge(String path, byte[] body, Answer answer) {
        if (answer.status() == IN_TROUBLE) {
            return;
        }
        OpenApiContract own = OpenApiContract.ofLinkspan();
        if (own.knows(path) && !isRehearsed(body, answer)) {
            judge(own, path, body, answer);
        }
        if (path.startsWith(ACCOUNT_CALLS)) {
            String call = path.substring(ACCOUNT_CALLS.length());
            OpenApiContract.ofTheApi()
                    .filter(contract -> contract.knows(call))
                    .ifPresent(contract -> judge(contract, call, body, answer));
        }
    }

    /** What is only rehearsed (DryRun) answers nothing but that it would be done. */
    private static boolean isRehearsed(byte[] body, Answer answer) {
        return answer.status() <= LAST_GOOD_STATUS
                && Json.parse(body).path("DryRun").asBoolean(false);
    }

    private static void judge(OpenApiContract contract, String call, byte[] body, Answer answer) {
        assertThat(contract.faultsOfAnswer(call, answer.status(), answer.body()))
                .as("%s answered %d %s", call, answer.status(), answer.body())
                .isEmpty();
        if (answer.status() <= LAST_GOOD_STATUS) {
            // Where there are no arguments, there need not be a body (A1).
            JsonNode asked = body.length == 0 ? Json.object() : Json.parse(body);
            assertThat(contract.faultsOfRequest(call, asked))
                    .as("%s was asked %s", call, new String(body, UTF_8))
                    .isEmpty();
        }
    }
}
