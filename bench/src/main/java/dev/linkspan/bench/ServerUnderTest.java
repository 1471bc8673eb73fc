package dev.linkspan.bench;

import dev.linkspan.cli.client.AccessKey;
import dev.linkspan.cli.client.Answer;
import dev.linkspan.cli.client.Caller;
import dev.linkspan.cli.client.DataFolder;
import dev.linkspan.cli.client.Endpoint;
import dev.linkspan.cli.client.LinkspanClient;
import dev.linkspan.cli.process.ServerCommand;
import dev.linkspan.cli.process.ServerProcess;
import dev.linkspan.server.network.linux.namespace.NetworkNamespaces;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;

/** A throw-away server in a process of its own. */
final class ServerUnderTest implements AutoCloseable {

    static final String REGION = "eu-west-2";

    /** What benchmarks make more of than accounts may. */
    private static final List<String> QUOTAS =
            List.of("nets", "vms", "nics", "tags", "keypairs", "dead-peering-requests", "outstanding-peering-requests");

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(1);

    private final CleanupStack undoing = new CleanupStack();
    private final Path data;
    private final ServerProcess process;
    private final Duration startTime;
    private final LinkspanClient client;
    private final Caller operator;

    /**
     * Starts it and waits until it is ready.
     *
     * @param command the command line that starts a server with the options that it is given
     * @param network what carries its packets: {@code netns} or {@code none}
     */
    ServerUnderTest(UnaryOperator<List<String>> command, String network, String... moreOptions) {
        TemporaryFolder folder = TemporaryFolder.make();
        undoing.later(folder::close);
        data = folder.path();
        List<String> options = new ArrayList<>(List.of(
                "--listen",
                "127.0.0.1:0",
                "--data",
                data.toString(),
                "--network",
                network,
                "--regions",
                REGION + ":a,b",
                "--calls-per-account",
                "0",
                "--calls-per-address",
                "0"));
        options.addAll(List.of(moreOptions));
        List<String> line = command.apply(options);

        long began = System.nanoTime();
        process = ServerProcess.start(line, data.resolve("server.log"));
        undoing.later(process::close);
        try {
            client = new LinkspanClient(new Endpoint(process.awaitReady()));
            startTime = Duration.ofNanos(System.nanoTime() - began);
            operator = client.asOperator(new DataFolder(data).adminToken());
            removeNamespacesInTheEnd();
        } catch (RuntimeException failure) {
            close();
            throw failure;
        }
    }

    /** One without a network, with this store. */
    static ServerUnderTest with(StoreUnderTest store, String... moreOptions) {
        List<String> options = new ArrayList<>(store.options());
        options.addAll(List.of(moreOptions));
        return new ServerUnderTest(ServerCommand::with, "none", options.toArray(String[]::new));
    }

    /** Before its process is ended they would come back. */
    private void removeNamespacesInTheEnd() {
        String folder = status().text("Network", "RunFolder");
        if (!folder.isEmpty()) {
            undoing.later(() -> {
                process.close();
                NetworkNamespaces.cleanUp(Path.of(folder));
            });
        }
    }

    /** How long it took to be ready. */
    Duration startTime() {
        return startTime;
    }

    URI url() {
        return client.endpoint().server();
    }

    Kernel kernel() {
        return new Kernel(process.pid());
    }

    Path data() {
        return data;
    }

    Answer status() {
        return operator.ask("ReadStatus");
    }

    Path runFolder() {
        return Path.of(status().text("Network", "RunFolder"));
    }

    /** A new account. */
    Tenant tenant() {
        Answer made = operator.ask("CreateAccount");
        String account = made.text("Account", "AccountId");
        for (String quota : QUOTAS) {
            operator.ask("UpdateQuota", "AccountId", account, "Name", quota, "MaxValue", 1_000_000);
        }
        AccessKey key = new AccessKey(made.text("AccessKey", "AccessKeyId"), made.text("AccessKey", "SecretKey"));
        return new Tenant(
                account,
                client.asAccount(key, REGION),
                client.asAccountOwn(key, REGION),
                Ec2Caller.of(client.endpoint(), key, REGION));
    }

    /** Waits until everything that the API has answered is on the wire. */
    void settle() {
        settle(PATIENCE);
    }

    void settle(Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        for (Answer status = status(); !isSettled(status); status = status()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("the network did not catch up within %d s: %s"
                        .formatted(patience.toSeconds(), status.at("Network")));
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private static boolean isSettled(Answer status) {
        return status.at("Network", "Failing").isEmpty()
                && status.at("Network", "AppliedSequence").asLong()
                        >= status.at("Network", "LastSequence").asLong();
    }

    @Override
    public void close() {
        undoing.close();
    }
}
