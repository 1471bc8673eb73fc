package dev.linkspan.server.network.ovn;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.address.MacAddress;
import dev.linkspan.core.id.NatServiceId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.plan.NetPlan;
import dev.linkspan.core.plan.NetPlan.Port;
import dev.linkspan.core.port.ProbeAnswer;
import dev.linkspan.core.port.ProbePacket;
import dev.linkspan.server.network.Driver;
import dev.linkspan.server.network.linux.namespace.NetworkNamespace;
import dev.linkspan.server.network.linux.namespace.NetworkNamespaces;
import dev.linkspan.server.network.linux.netlink.Netlink;
import dev.linkspan.server.network.linux.netlink.NetlinkRequest;
import dev.linkspan.server.network.linux.netlink.NetlinkRequest.ChangeDevice;
import dev.linkspan.server.network.linux.netlink.NetlinkRequest.VethEnd;
import dev.linkspan.server.network.vm.ProbeSender;
import dev.linkspan.server.network.vm.RawSocket;
import dev.linkspan.server.network.vm.VmLink;
import dev.linkspan.server.network.vm.VmNamespace;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The driver, and what a host does for it: machines that are namespaces, with their NICs on the host's switch. */
final class HostedDriver implements Driver {

    private static final MacAddress HOST_END = MacAddress.parse("02:00:00:00:00:01");

    private static final MacAddress BROADCAST = MacAddress.parse("ff:ff:ff:ff:ff:ff");
    private static final short ARP = 0x0806;

    private final OvnDriver driver;
    private final OvnTestbed testbed;
    private final Map<NetId, NetPlan> plans = new HashMap<>();

    HostedDriver(OvnDriver driver, OvnTestbed testbed) {
        this.driver = driver;
        this.testbed = testbed;
    }

    @Override
    public void removeOrphans(Set<NetId> nets, Set<VmId> vms, Set<NatServiceId> natServices) {
        driver.removeOrphans(nets, vms, natServices);
    }

    @Override
    public void apply(NetPlan plan) {
        driver.apply(plan);
        awaitFollowed(plan);
        host(plan);
    }

    @Override
    public void verify(NetPlan plan) {
        driver.verify(plan);
        awaitFollowed(plan);
        host(plan);
    }

    @Override
    public void remove(NetId net) {
        driver.remove(net);
        testbed.awaitRevalidated();
        NetPlan before = plans.remove(net);
        if (before != null) {
            before.ports().values().forEach(this::disconnect);
            before.ports()
                    .values()
                    .forEach(port -> testbed.namespaces().delete(port.vm().value()));
        }
    }

    private void awaitFollowed(NetPlan plan) {
        if (!plan.equals(plans.get(plan.net()))) {
            testbed.awaitRevalidated();
        }
    }

    /** What is gone or was moved goes first: links are called by their NICs. */
    private void host(NetPlan plan) {
        NetPlan before = plans.put(plan.net(), plan);
        Map<VmId, List<Port>> machines = plan.ports().values().stream().collect(Collectors.groupingBy(Port::vm));
        if (before != null) {
            before.ports().values().stream()
                    .filter(port -> !isAt(plan.ports().get(port.nic()), port))
                    .forEach(this::disconnect);
            before.ports().values().stream()
                    .map(Port::vm)
                    .filter(vm -> !machines.containsKey(vm))
                    .forEach(vm -> testbed.namespaces().delete(vm.value()));
        }
        machines.forEach(this::host);
    }

    private static boolean isAt(@Nullable Port now, Port then) {
        return now != null && now.vm().equals(then.vm()) && now.deviceNumber() == then.deviceNumber();
    }

    private void host(VmId vm, List<Port> ports) {
        NetworkNamespaces namespaces = testbed.namespaces();
        VmNamespace machine = new VmNamespace(namespaces, vm.value());
        List<Port> missing = ports.stream()
                .filter(port -> !VmNamespace.holds(namespaces, port))
                .toList();
        missing.forEach(port -> link(machine.namespace(), port));
        machine.apply(ports, List.of());
        missing.forEach(this::connect);
    }

    private void link(NetworkNamespace machine, Port port) {
        String device = device(port.nic());
        try (Netlink netlink = testbed.host().openNetlink()) {
            netlink.apply(new NetlinkRequest.CreateVeth(
                    new VethEnd(device, HOST_END),
                    new VethEnd(VmLink.device(port), port.mac()),
                    machine.file(),
                    VmLink.MTU));
            netlink.apply(ChangeDevice.up(device));
        }
        // Nobody computes on this way what the kernel leaves to the hardware.
        testbed.runIn(machine, "ethtool", "-K", VmLink.device(port), "tx", "off");
    }

    private void connect(Port port) {
        String device = device(port.nic());
        testbed.vsctl(
                "add-port",
                "br-int",
                device,
                "--",
                "set",
                "interface",
                device,
                "external_ids:iface-id=" + OvnNames.port(port.nic()));
        if (port.up()) {
            testbed.vsctl("wait-until", "interface", device, "external_ids:ovn-installed=true");
            announce(port);
        }
    }

    /** Tells machines of the Subnet that knew somebody else by one of the addresses (RFC 5227, section 3). */
    private void announce(Port port) {
        try (RawSocket socket = RawSocket.frames(testbed.machine(port.vm()), VmLink.device(port))) {
            port.addresses().forEach(address -> socket.send(announcement(port.mac(), address)));
        }
    }

    private static byte[] announcement(MacAddress mac, Ipv4 address) {
        return ByteBuffer.allocate(42)
                .put(BROADCAST.octets())
                .put(mac.octets())
                .putShort(ARP)
                .putShort((short) 1)
                .putShort((short) 0x0800)
                .put((byte) 6)
                .put((byte) 4)
                .putShort((short) 1)
                .put(mac.octets())
                .putInt(address.bits())
                .put(new MacAddress(0).octets())
                .putInt(address.bits())
                .array();
    }

    private void disconnect(Port port) {
        String device = device(port.nic());
        testbed.vsctl("--if-exists", "del-port", device);
        try (Netlink netlink = testbed.host().openNetlink()) {
            if (netlink.devices().stream().anyMatch(it -> it.name().equals(device))) {
                netlink.apply(new NetlinkRequest.DeleteDevice(device));
            }
        }
    }

    /** The host's end of a NIC's link. */
    private static String device(NicId nic) {
        return "h" + nic.value().substring(NicId.KIND.prefix().length());
    }

    @Override
    public ProbeAnswer probe(VmId from, ProbePacket packet) {
        return new ProbeSender(testbed.machine(from)).send(packet);
    }

    @Override
    public Record particulars() {
        return new Particulars("a test");
    }

    private record Particulars(String of) {}

    @Override
    public void close() {
        driver.close();
    }
}
