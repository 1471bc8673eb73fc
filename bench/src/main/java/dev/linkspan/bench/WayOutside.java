package dev.linkspan.bench;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.internet.PublicIpPool;
import dev.linkspan.core.internet.PublicIpPools;
import dev.linkspan.core.plan.NetPlan;
import dev.linkspan.server.network.FlowLimits;
import dev.linkspan.server.network.linux.namespace.NetworkNamespace;
import dev.linkspan.server.network.linux.namespace.NetworkNamespaces;
import dev.linkspan.server.network.netns.NetnsDriver;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;

/** A Net with an internet service and a VM that gets out by it, with nothing but the driver behind them. */
final class WayOutside implements AutoCloseable {

    private static final PublicIpPool POOL = new PublicIpPool(Cidr.parse("198.18.0.0/16"));

    private final CleanupStack undoing = new CleanupStack();
    private final Line line;

    /** @param publicAddresses how many the Net has, of which the VM has one */
    static WayOutside with(int publicAddresses) {
        return new WayOutside("outside" + publicAddresses, net -> net.withExit(publicAddresses));
    }

    /** Of a VM that has none. */
    static WayOutside throughNat() {
        return new WayOutside("nat", PlannedNet::withNat);
    }

    private WayOutside(String name, Function<PlannedNet, NetPlan> planned) {
        Path folder = RunFolders.folder(name, undoing);
        NetnsDriver driver = NetnsDriver.open(
                folder, FlowLimits.STANDARD, new PublicIpPools(Map.of(new RegionName("eu-west-2"), POOL)));
        undoing.later(driver::close);
        PlannedNet net = new PlannedNet(1);
        driver.apply(planned.apply(net));
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
