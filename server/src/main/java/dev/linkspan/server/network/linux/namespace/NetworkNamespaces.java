package dev.linkspan.server.network.linux.namespace;

import dev.linkspan.server.network.linux.netlink.Netlink;
import dev.linkspan.server.network.linux.nftables.NftablesSessions;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The network namespaces that are kept in one run folder, by name. They outlive this process; {@link #close} only stops its threads.
 */
public final class NetworkNamespaces implements AutoCloseable {

    /** Where run folders are; it is empty after a reboot. */
    public static final Path RUN_FOLDERS = Path.of("/run/linkspan");

    private static final int THREADS = 4;

    private final RunFolder folder;
    private final NamespaceThreads threads = new NamespaceThreads(THREADS);
    private final NftablesSessions filters = new NftablesSessions();

    private NetworkNamespaces(RunFolder folder) {
        this.folder = folder;
    }

    /** Opens the folder, making it where it is missing; namespaces of an earlier process are taken over undisturbed. */
    public static NetworkNamespaces open(Path runFolder) {
        return new NetworkNamespaces(RunFolder.prepare(runFolder));
    }

    /** Removes the folder and every namespace in it, also those of a process that crashed. */
    public static void cleanUp(Path runFolder) {
        RunFolder.remove(runFolder);
    }

    /** The names, in alphabetical order. */
    public List<String> names() {
        return folder.names();
    }

    /** The namespace of this name, if there is one. */
    public Optional<NetworkNamespace> find(String name) {
        return folder.holds(name) ? Optional.of(namespace(name)) : Optional.empty();
    }

    /** Makes a namespace, in which nothing exists but a loopback link that is down. */
    public NetworkNamespace create(String name) {
        threads.createOn(folder.newFile(name));
        return namespace(name);
    }

    /** The namespace of this name, which is made where it is missing. */
    public NetworkNamespace findOrCreate(String name) {
        return find(name).orElseGet(() -> create(name));
    }

    /**
     * A namespace that is none of the folder's, such as the one that this process is in.
     *
     * @param name that of no namespace of the folder
     * @param file stands for it
     */
    public NetworkNamespace other(String name, Path file) {
        return new NetworkNamespace(name, file, threads, filters);
    }

    /**
     * Removes a namespace with its links and their other ends; nothing happens where there is none. The kernel does so
     * after the call, once the last {@link Netlink} and the last other socket that was opened in it is closed.
     */
    public void delete(String name) {
        filters.close(name);
        folder.delete(name);
    }

    /** Waits for the work under way, and ends the threads. */
    @Override
    public void close() {
        filters.close();
        threads.close();
        folder.release();
    }

    private NetworkNamespace namespace(String name) {
        return new NetworkNamespace(name, folder.file(name), threads, filters);
    }
}
