package dev.linkspan.server.network.linux.namespace;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.linkspan.server.network.linux.Errno;
import dev.linkspan.server.network.linux.Libc;
import dev.linkspan.server.network.linux.SystemCallException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A run folder of its own for each test; where network namespaces are not permitted, the test is skipped and says why. */
public final class NamespaceFolder implements BeforeEachCallback, AfterEachCallback {

    private Path path = Path.of("");
    private NetworkNamespaces namespaces;

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        assumePermitted();
        open();
    }

    /** Makes the folder. */
    public void open() {
        try {
            path = Files.createTempDirectory("linkspan-netns-");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        namespaces = NetworkNamespaces.open(path);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        close();
    }

    /** Removes it with everything in it. */
    public void close() {
        if (namespaces != null) {
            namespaces.close();
            NetworkNamespaces.cleanUp(path);
        }
    }

    /** Empties it. Whoever looks into it anew sees nothing of what was there, even under the same name. */
    public void clear() {
        namespaces.names().forEach(namespaces::delete);
        namespaces.close();
        namespaces = NetworkNamespaces.open(path);
    }

    /** Skips the test where network namespaces are not permitted. */
    public static void assumePermitted() throws InterruptedException {
        assumeTrue(
                permitted(),
                "network namespaces need root or a user namespace: unshare --user --map-root-user --mount ./mvnw test");
    }

    public Path path() {
        return path;
    }

    public NetworkNamespaces namespaces() {
        return namespaces;
    }

    /** Tried on a thread that ends with its new namespace. */
    private static boolean permitted() throws InterruptedException {
        AtomicBoolean permitted = new AtomicBoolean();
        Thread attempt = Thread.ofPlatform().start(() -> {
            try {
                Libc.unshare(Libc.CLONE_NEWNET);
                permitted.set(true);
            } catch (SystemCallException refused) {
                permitted.set(refused.errno() != Errno.EPERM);
            }
        });
        attempt.join();
        return permitted.get();
    }
}
