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
import dev.linkspan.cli.process.ServerCommand;
import dev.linkspan.cli.process.ServerProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A server for the tests of one class: a process of its own, on a free port, with a data folder that is thrown away. What
 * goes through its clients is judged by the {@link OpenApiContract}.
 */
public final class LinkspanServer implements BeforeAllCallback, AfterAllCallback {

    public static final String REGION = "eu-west-2";
    public static final String OTHER_REGION = "us-east-2";

    private static final String ACCOUNT_CALLS = "/api/v1/";
    private static final int LAST_GOOD_STATUS = 299;

    private final List<String> options;
    private Path data;
    private ServerProcess process;

    private LinkspanServer(List<String> options) {
        this.options = options;
    }

    /** A server without packets, with a manual clock and two Regions of two Subregions, and with these options besides. */
    public static LinkspanServer with(String... more) {
        List<String> options = new ArrayList<>(List.of("--network", "none", "--clock", "manual"));
        options.addAll(List.of("--regions", REGION + ":a,b;" + OTHER_REGION + ":a,b"));
        options.addAll(List.of(more));
        return new LinkspanServer(List.copyOf(options));
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        data = Files.createTempDirectory("linkspan-acceptance-");
        start();
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        process.close();
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private void start() {
        List<String> command = new ArrayList<>(options);
        command.addAll(List.of("--listen", "127.0.0.1:0", "--data", data.toString()));
        process = ServerProcess.start(ServerCommand.with(command), data.resolve("server.log"));
        process.awaitReady();
    }

    /** Ends the process as a crash would, and starts another on the same data. */
    public void crashAndStartAgain() {
        process.kill();
        start();
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
        if (!path.startsWith(ACCOUNT_CALLS)) {
            return;
        }
        String call = path.substring(ACCOUNT_CALLS.length());
        OpenApiContract.ofTheApi().filter(contract -> contract.knows(call)).ifPresent(contract -> {
            assertThat(contract.faultsOfAnswer(call, answer.status(), answer.body()))
                    .as("%s answered %d %s", call, answer.status(), answer.body())
                    .isEmpty();
            if (answer.status() <= LAST_GOOD_STATUS) {
                assertThat(contract.faultsOfRequest(call, Json.parse(body)))
                        .as("%s was asked %s", call, new String(body, UTF_8))
                        .isEmpty();
            }
        });
    }
}
