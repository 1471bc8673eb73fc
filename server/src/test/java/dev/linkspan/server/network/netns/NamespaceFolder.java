package dev.linkspan.server.network.netns;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A run folder of its own for each test; where network namespaces are not permitted, the test is skipped and says why. */
public final class NamespaceFolder implements BeforeEachCallback, AfterEachCallback {

    private Path path = Path.of("");
    private NetworkNamespaces namespaces;

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        assumeTrue(
                permitted(),
                "network namespaces need root or a user namespace: unshare --user --map-root-user --mount ./mvnw test");
        path = Files.createTempDirectory("linkspan-netns-");
        namespaces = NetworkNamespaces.open(path);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (namespaces != null) {
            namespaces.close();
            NetworkNamespaces.cleanUp(path);
        }
    }

    public Path path() {
        return path;
    }

    public NetworkNamespaces namespaces() {
        return namespaces;
    }

    private static boolean permitted() {
        try (NamespaceThreads threads = new NamespaceThreads(1)) {
            Path own = Path.of("/proc/self/ns/net");
            return threads.callIn(own, () -> true);
        } catch (SystemCallException refused) {
            return refused.errno() != Errno.EPERM;
        }
    }
}
