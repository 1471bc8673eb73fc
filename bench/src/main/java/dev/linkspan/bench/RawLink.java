package dev.linkspan.bench;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.address.MacAddress;
import dev.linkspan.server.network.linux.namespace.NetworkNamespace;
import dev.linkspan.server.network.linux.namespace.NetworkNamespaces;
import dev.linkspan.server.network.linux.netlink.AddressEntry;
import dev.linkspan.server.network.linux.netlink.Netlink;
import dev.linkspan.server.network.linux.netlink.NetlinkRequest.AddAddress;
import dev.linkspan.server.network.linux.netlink.NetlinkRequest.ChangeDevice;
import dev.linkspan.server.network.linux.netlink.NetlinkRequest.CreateVeth;
import dev.linkspan.server.network.linux.netlink.NetlinkRequest.VethEnd;
import dev.linkspan.server.network.vm.VmLink;
import java.util.List;

/** Two namespaces with one pair of virtual links between them and nothing else: the best that this kernel can do. */
final class RawLink implements AutoCloseable {

    private static final Ipv4 NEAR = Ipv4.parse("192.0.2.1");
    private static final Ipv4 FAR = Ipv4.parse("192.0.2.2");
    private static final int PREFIX_LENGTH = 24;

    private final CleanupStack undoing = new CleanupStack();
    private final Line line;

    RawLink() {
        NetworkNamespaces namespaces = NetworkNamespaces.open(RunFolders.folder("raw", undoing));
        undoing.later(namespaces::close);
        NetworkNamespace near = namespaces.create("near");
        NetworkNamespace far = namespaces.create("far");
        try (Netlink here = near.openNetlink();
                Netlink there = far.openNetlink()) {
            here.apply(new CreateVeth(end(1), end(2), far.file(), VmLink.MTU));
            setUp(here, NEAR);
            setUp(there, FAR);
        }
        line = new Line(near, far, FAR.toString());
    }

    private static VethEnd end(int number) {
        return new VethEnd("eth0", new MacAddress(0x020000000000L + number));
    }

    private static void setUp(Netlink end, Ipv4 address) {
        end.apply(List.of(
                ChangeDevice.up("lo"),
                ChangeDevice.up("eth0"),
                new AddAddress(new AddressEntry("eth0", address, PREFIX_LENGTH))));
    }

    Line line() {
        return line;
    }

    @Override
    public void close() {
        undoing.close();
    }
}
