package dev.linkspan.server.network.netns;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.internet.PublicIpPool;
import dev.linkspan.core.internet.PublicIpPools;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.server.network.Driver;
import dev.linkspan.server.network.FlowLimits;
import dev.linkspan.server.network.LiveFlow;
import dev.linkspan.server.network.MachineTap;
import dev.linkspan.server.network.Prober;
import dev.linkspan.server.network.Testbed;
import dev.linkspan.server.network.linux.namespace.NamespaceFolder;
import dev.linkspan.server.network.linux.namespace.NetworkNamespace;
import dev.linkspan.server.network.linux.namespace.NetworkNamespaces;
import dev.linkspan.server.network.linux.netlink.AddressEntry;
import dev.linkspan.server.network.linux.netlink.KernelState;
import dev.linkspan.server.network.linux.netlink.Netlink;
import dev.linkspan.server.network.linux.netlink.NetlinkRequest;
import dev.linkspan.server.network.vm.NamespaceProber;
import dev.linkspan.server.network.vm.NamespaceTap;
import dev.linkspan.server.network.vm.TcpFlow;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The driver on this machine, in a run folder of its own; and, for tests of this driver alone, the namespaces themselves. */
public final class NetnsTestbed implements Testbed, BeforeEachCallback, AfterEachCallback {

    /** What somebody may have outside besides the addresses of the pool. */
    private static final Ipv4 ELSEWHERE_OUTSIDE = Ipv4.parse("192.0.2.1");

    private static final PublicIpPools PUBLIC_IPS =
            new PublicIpPools(Map.of(Fixture.REGION, new PublicIpPool(Cidr.parse("203.0.113.0/24"))));

    private final NamespaceFolder folder = new NamespaceFolder();

    /** One that is closed by whoever opens it. */
    public static NetnsTestbed open() {
        NetnsTestbed testbed = new NetnsTestbed();
        testbed.folder.open();
        return testbed;
    }

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        folder.beforeEach(context);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        folder.afterEach(context);
    }

    @Override
    public Driver openDriver() {
        return openDriver(FlowLimits.STANDARD);
    }

    /** A driver with other limits than the standard ones. */
    public Driver openDriver(FlowLimits limits) {
        return NetnsDriver.open(folder.path(), limits, PUBLIC_IPS);
    }

    /** A driver on such a host. */
    public Driver openDriver(NetnsDriver.Host host) {
        return NetnsDriver.open(folder.path(), FlowLimits.STANDARD, PUBLIC_IPS, host);
    }

    @Override
    public Prober prober(Collection<VmId> machines, Set<Integer> ports) {
        Optional<NetworkNamespace> outside = namespaces().find(OUTSIDE);
        outside.ifPresent(NetnsTestbed::addAddress);
        return NamespaceProber.among(
                Stream.concat(machines.stream().map(this::machine), outside.stream())
                        .toList(),
                ports);
    }

    /** As a user would, who wants somebody else to be outside. */
    private static void addAddress(NetworkNamespace outside) {
        AddressEntry address = new AddressEntry(KernelState.LOOPBACK, ELSEWHERE_OUTSIDE, 32);
        try (Netlink netlink = outside.openNetlink()) {
            if (!netlink.addresses().contains(address)) {
                netlink.apply(new NetlinkRequest.AddAddress(address));
            }
        }
    }

    @Override
    public LiveFlow connect(VmId from, VmId to, Ipv4 address, int port) throws IOException {
        return TcpFlow.between(machine(from), machine(to), address, port);
    }

    @Override
    public MachineTap tap(VmId machine) {
        return NamespaceTap.open(machine(machine));
    }

    public NetworkNamespaces namespaces() {
        return folder.namespaces();
    }

    @Override
    public void passOn(VmId machine) {
        namespaces()
                .find(machine.value())
                .ifPresent(inside -> inside.writeSysctls(
                        Map.of("net/ipv4/ip_forward", "1", "net/ipv4/conf/all/send_redirects", "0")));
    }

    public NetworkNamespace machine(VmId vm) {
        return namespaces().find(vm.value()).orElseThrow();
    }

    /** The router of a Net that was applied. */
    public Optional<NetworkNamespace> router(NetId net) {
        return namespaces().find(net.value());
    }

    @Override
    public void clear() {
        folder.clear();
    }

    @Override
    public void close() {
        folder.close();
    }
}
