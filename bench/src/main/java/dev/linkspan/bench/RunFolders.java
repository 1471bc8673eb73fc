package dev.linkspan.bench;

import dev.linkspan.server.network.linux.namespace.NetworkNamespaces;
import java.nio.file.Path;

/** Where a benchmark keeps network namespaces of its own: beside the servers', so that they can be found and removed. */
final class RunFolders {

    private RunFolders() {}

    /** A folder of this process, which is removed in the end. */
    static Path folder(String name, CleanupStack undoing) {
        Path folder = NetworkNamespaces.RUN_FOLDERS.resolve(
                "bench-%s-%d".formatted(name, ProcessHandle.current().pid()));
        undoing.later(() -> NetworkNamespaces.cleanUp(folder));
        return folder;
    }
}
