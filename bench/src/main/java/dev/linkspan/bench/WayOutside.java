package dev.linkspan.bench;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.internet.PublicIpPool;
import dev.linkspan.core.internet.PublicIpPools;
import dev.linkspan.server.network.FlowLimits;
import dev.linkspan.server.network.linux.namespace.NetworkNamespace;
import dev.linkspan.server.network.linux.namespace.NetworkNamespaces;
import dev.linkspan.server.network.netns.NetnsDriver;
import java.nio.file.Path;
import java.util.Map;

/** A Net with an internet service and a VM with a public address, with nothing but the driver behind them. */
final class WayOutside implements AutoCloseable {

    private static final PublicIpPool POOL = new PublicIpPool(Cidr.parse("198.18.0.0/16"));

    private final CleanupStack undoing = new CleanupStack();
    private final Line line;

    /** @param publicAddresses how many the Net has */
    WayOutside(int publicAddresses) {
        Path folder = RunFolders.folder("outside" + publicAddresses, undoing);
        NetnsDriver driver = NetnsDriver.open(
                folder, FlowLimits.STANDARD, new PublicIpPools(Map.of(new RegionName("eu-west-2"), POOL)));
        undoing.later(driver::close);
        PlannedNet net = new PlannedNet(1);
        driver.apply(net.withExit(publicAddresses));
        NetworkNamespaces namespaces = NetworkNamespaces.open(folder);
        undoing.later(namespaces::close);
        line = new Line(
                namespace(namespaces, net.vm().value()),
                namespace(namespaces, "outside"),
                POOL.outside().toString());
    }

    private static NetworkNamespace namespace(NetworkNamespaces namespaces, String name) {
        return namespaces
                .find(name)
                .orElseThrow(() -> new IllegalStateException("%s is not on the wire".formatted(name)));
    }

    /** From the VM to outside. */
    Line line() {
        return line;
    }

    @Override
    public void close() {
        undoing.close();
    }
}
