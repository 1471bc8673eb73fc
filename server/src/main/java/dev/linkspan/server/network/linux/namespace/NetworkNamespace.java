package dev.linkspan.server.network.linux.namespace;

import dev.linkspan.server.network.linux.NamespaceExecutor;
import dev.linkspan.server.network.linux.conntrack.ConnectionTracking;
import dev.linkspan.server.network.linux.netlink.Netlink;
import dev.linkspan.server.network.linux.netlink.NetlinkSocket;
import dev.linkspan.server.network.linux.nftables.Nftables;
import dev.linkspan.server.network.linux.nftables.NftablesSessions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One network namespace of the run folder. Using it after it was deleted fails with ENOENT or EINVAL. */
public final class NetworkNamespace implements NamespaceExecutor {

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

    @Override
    public String name() {
        return name;
    }

    /** The file that stands for the namespace, as {@code nsenter --net=FILE} takes it. */
    public Path file() {
        return file;
    }

    @Override
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
