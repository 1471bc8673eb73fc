package dev.linkspan.server.network.netns;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One network namespace of the run folder. Using it after it was deleted fails with ENOENT or EINVAL. */
public final class NetworkNamespace {

    private static final Path SYSCTLS = Path.of("/proc/sys");

    private final String name;
    private final Path file;
    private final NamespaceThreads threads;
    private final NftablesSessions filters;

    NetworkNamespace(String name, Path file, NamespaceThreads threads, NftablesSessions filters) {
        this.name = name;
        this.file = file;
        this.threads = threads;
        this.filters = filters;
    }

    public String name() {
        return name;
    }

    /** The file that stands for the namespace, as {@code nsenter --net=FILE} takes it. */
    public Path file() {
        return file;
    }

    /**
     * Runs the work on a platform thread that is in the namespace, and waits for its result. A socket that it opens stays in
     * the namespace (and keeps it alive), so it may be used from any thread afterwards. The work must not start threads:
     * they would be born in the namespace and stay.
     */
    public <T extends @Nullable Object> T call(Supplier<T> work) {
        return threads.callIn(file, work);
    }

    /** A netlink socket in the namespace, which lives until the socket is closed. */
    public Netlink openNetlink() {
        return new Netlink(call(() -> NetlinkSocket.open(NetlinkSocket.ROUTE)));
    }

    /** The connection tracking of the namespace, which lives until it is closed. */
    public ConnectionTracking openConnectionTracking() {
        return new ConnectionTracking(call(() -> NetlinkSocket.open(NetlinkSocket.NETFILTER)));
    }

    /** The packet filter of the namespace. */
    public Nftables nftables() {
        return new Nftables(this, filters);
    }

    /** Writes kernel settings, by path below /proc/sys such as {@code net/ipv4/ip_forward}, in the map's order. */
    public void writeSysctls(Map<String, String> values) {
        call(() -> {
            values.forEach(NetworkNamespace::writeSysctl);
            return true;
        });
    }

    /** A kernel setting, by path below /proc/sys. It must be read at once: the kernel has nothing more to say the second time. */
    public String readSysctl(String path) {
        return call(() -> {
            try {
                return String.join("\n", Files.readAllLines(SYSCTLS.resolve(path)));
            } catch (IOException failed) {
                throw new UncheckedIOException("cannot read the sysctl " + path, failed);
            }
        });
    }

    /** An open file for the namespace, as netlink messages refer to it. */
    Descriptor open() {
        return Libc.open(file, Libc.O_RDONLY);
    }

    private static void writeSysctl(String path, String value) {
        try {
            Files.writeString(SYSCTLS.resolve(path), value);
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot write %s to the sysctl %s".formatted(value, path), failed);
        }
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
