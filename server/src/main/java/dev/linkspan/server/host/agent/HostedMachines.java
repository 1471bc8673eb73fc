package dev.linkspan.server.host.agent;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.address.MacAddress;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.port.ProbeAnswer;
import dev.linkspan.core.port.ProbePacket;
import dev.linkspan.server.host.agent.HostState.End;
import dev.linkspan.server.host.agent.HostState.Link;
import dev.linkspan.server.host.protocol.HostedMachine;
import dev.linkspan.server.host.protocol.HostedNic;
import dev.linkspan.server.host.protocol.LinkReport;
import dev.linkspan.server.host.protocol.LinkState;
import dev.linkspan.server.network.linux.namespace.NetworkNamespace;
import dev.linkspan.server.network.linux.namespace.NetworkNamespaces;
import dev.linkspan.server.network.linux.netlink.Netlink;
import dev.linkspan.server.network.linux.netlink.NetlinkRequest.ChangeDevice;
import dev.linkspan.server.network.linux.netlink.NetlinkRequest.CreateVeth;
import dev.linkspan.server.network.linux.netlink.NetlinkRequest.DeleteDevice;
import dev.linkspan.server.network.linux.netlink.NetlinkRequest.VethEnd;
import dev.linkspan.server.network.linux.netlink.NetworkDevice;
import dev.linkspan.server.network.linux.socket.ChecksumOffload;
import dev.linkspan.server.network.vm.ProbeSender;
import dev.linkspan.server.network.vm.VmNamespace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The machines of a host: namespaces whose NICs are ports of its switch. It remembers nothing that matters: each call compares what
 * must be there with what is, so that it can begin with anything, and what is as it must be is not touched. For one thread at a time,
 * but for the probes.
 */
public final class HostedMachines implements AutoCloseable {

    private static final MacAddress HOST_END = MacAddress.parse("02:00:00:00:00:01");
    private static final String VETH = "veth";

    private final HostSettings settings;
    private final HostSwitch hostSwitch;
    private final TrackedConnections connections;
    private final Announcements announcements = new Announcements();
    private final Map<VmId, VmNamespace> inside = new HashMap<>();

    /** What was seen of links, by the numbers of their ends on the host: it holds as long as these exist. */
    private Map<Integer, Set<End>> ends = Map.of();

    private List<HostedMachine> wanted = List.of();

    private HostedMachines(HostSettings settings) {
        this.settings = settings;
        this.hostSwitch = HostSwitch.open(settings.switchDatabase());
        this.connections = new TrackedConnections(hostSwitch, settings.control());
    }

    /** Begins to connect to the host's switch; what is there is left as it is. */
    public static HostedMachines open(HostSettings settings) {
        return new HostedMachines(settings);
    }

    /**
     * Sees to it that the host has these machines and no others. Throws {@link NotApplied} where some could not be made; the others
     * are there then.
     */
    public void apply(Collection<HostedMachine> machines) {
        wanted = List.copyOf(machines);
        HostDiff diff = HostDiff.between(observe(), machines);
        NotApplied.Failures failures = new NotApplied.Failures();
        remove(diff, failures);
        for (HostedMachine machine : diff.machines()) {
            failures.collect(machine.vmId().value(), () -> setUp(machine, diff));
        }
        failures.collect("the links", () -> raise(diff.linksToRaise()));
        failures.collect("the switch", () -> connect(diff.nicsToConnect()));
        failures.collect("the addresses", this::refreshAddresses);
        failures.demandNone();
    }

    // --- What is there --------------------------------------------------------------------------------------------

    private HostState observe() {
        Map<String, NetworkDevice> devices = devices();
        Map<String, SwitchPort> ports = hostSwitch.ports();
        Map<VmId, NetworkNamespace> namespaces = namespaces();
        inside.keySet().retainAll(namespaces.keySet());
        Map<NicId, NetworkDevice> links = new HashMap<>();
        devices.values().stream()
                .filter(device -> device.kind().equals(VETH))
                .forEach(device -> LinkNames.nic(device.name()).ifPresent(nic -> links.put(nic, device)));
        boolean known = links.values().stream()
                .map(link -> ends.getOrDefault(link.index(), Set.of()))
                .allMatch(seen ->
                        !seen.isEmpty() && seen.stream().map(End::machine).allMatch(namespaces::containsKey));
        if (!known) {
            ends = ends(namespaces);
        }
        return new HostState(
                namespaces.keySet(),
                links.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, link -> link(link.getValue()))),
                devices.values().stream().collect(Collectors.toMap(NetworkDevice::name, NetworkDevice::index)),
                ports);
    }

    private Link link(NetworkDevice hostEnd) {
        return new Link(hostEnd.index(), hostEnd.up(), ends.getOrDefault(hostEnd.index(), Set.of()));
    }

    private Map<String, NetworkDevice> devices() {
        try (Netlink netlink = settings.host().openNetlink()) {
            return netlink.devices().stream().collect(Collectors.toMap(NetworkDevice::name, device -> device));
        }
    }

    /** Those that are called like a machine. */
    private Map<VmId, NetworkNamespace> namespaces() {
        NetworkNamespaces all = settings.machines();
        Map<VmId, NetworkNamespace> machines = new HashMap<>();
        all.names()
                .forEach(name -> VmId.KIND
                        .tryParse(name)
                        .ifPresent(vm -> all.find(name).ifPresent(namespace -> machines.put(vm, namespace))));
        return machines;
    }

    private static Map<Integer, Set<End>> ends(Map<VmId, NetworkNamespace> machines) {
        Map<Integer, Set<End>> ends = new HashMap<>();
        machines.forEach((vm, namespace) -> {
            try (Netlink netlink = namespace.openNetlink()) {
                netlink.devices().stream()
                        .filter(device -> device.kind().equals(VETH))
                        .forEach(device -> device.mac()
                                .ifPresent(mac -> ends.computeIfAbsent(device.peerIndex(), _ -> new HashSet<>())
                                        .add(new End(vm, device.name(), mac))));
            }
        });
        return ends;
    }

    // --- What goes ------------------------------------------------------------------------------------------------

    private void remove(HostDiff diff, NotApplied.Failures failures) {
        Set<String> devices =
                diff.linksToDelete().stream().map(LinkNames::of).collect(Collectors.toCollection(HashSet::new));
        devices.retainAll(devices().keySet());
        try (Netlink netlink = settings.host().openNetlink()) {
            // Nothing passes any more when its connections are forgotten.
            netlink.apply(devices.stream().map(ChangeDevice::down).toList());
            if (!diff.portsToRemove().isEmpty()) {
                diff.portsToRemove()
                        .forEach(port -> port.nic()
                                .ifPresent(nic ->
                                        failures.collect("connections of " + nic, () -> connections.forgetAll(nic))));
                hostSwitch.remove(diff.portsToRemove());
            }
            netlink.apply(devices.stream().map(DeleteDevice::new).toList());
        }
        diff.machinesToDelete().forEach(vm -> {
            inside.remove(vm);
            settings.machines().delete(vm.value());
        });
    }

    // --- What comes -----------------------------------------------------------------------------------------------

    private void setUp(HostedMachine machine, HostDiff diff) {
        VmNamespace namespace =
                inside.computeIfAbsent(machine.vmId(), vm -> new VmNamespace(settings.machines(), vm.value()));
        List<HostedNic> linked = machine.nics().stream()
                .filter(nic -> !diff.attached().contains(nic.nicId()))
                .toList();
        Set<NicId> toConnect =
                diff.nicsToConnect().stream().map(it -> it.nic().nicId()).collect(Collectors.toSet());
        List<String> made = new ArrayList<>();
        for (HostedNic nic : linked) {
            if (diff.linksToMake().contains(nic.nicId())) {
                link(namespace.namespace(), nic);
                made.add(HostDiff.vmNic(nic).device());
            }
            if (toConnect.contains(nic.nicId())) {
                ChecksumOffload.disable(
                        namespace.namespace(), HostDiff.vmNic(nic).device());
            }
        }
        namespace.apply(linked.stream().map(HostDiff::vmNic).toList(), made);
    }

    private void link(NetworkNamespace machine, HostedNic nic) {
        String device = LinkNames.of(nic.nicId());
        String inMachine = HostDiff.vmNic(nic).device();
        try (Netlink netlink = settings.host().openNetlink()) {
            netlink.apply(List.of(
                    new CreateVeth(
                            new VethEnd(device, HOST_END),
                            new VethEnd(inMachine, nic.mac()),
                            machine.file(),
                            settings.mtu()),
                    ChangeDevice.up(device)));
        }
    }

    private void raise(Set<NicId> links) {
        try (Netlink netlink = settings.host().openNetlink()) {
            netlink.apply(
                    links.stream().map(LinkNames::of).map(ChangeDevice::up).toList());
        }
    }

    private void connect(List<HostDiff.Connection> connectionsToMake) {
        Map<String, NetworkDevice> devices = devices();
        List<SwitchPort.Wanted> ports = connectionsToMake.stream()
                .flatMap(it -> Stream.ofNullable(devices.get(it.device()))
                        .map(device -> new SwitchPort.Wanted(
                                device.name(),
                                device.index(),
                                it.nic().nicId(),
                                it.nic().addresses())))
                .toList();
        if (!ports.isEmpty()) {
            hostSwitch.add(ports);
        }
    }

    /** What a NIC has lost an address for is forgotten: the next one who has it is somebody else. */
    private void refreshAddresses() {
        Map<NicId, SwitchPort> ports = portsByNic();
        for (HostedMachine machine : wanted) {
            for (HostedNic nic : machine.nics()) {
                SwitchPort port = ports.get(nic.nicId());
                if (port != null
                        && port.marked().isPresent()
                        && !port.addresses().equals(nic.addresses())) {
                    List<Ipv4> gone = port.addresses().stream()
                            .filter(address -> !nic.addresses().contains(address))
                            .toList();
                    inside(machine, nic, port)
                            .ifPresent(it -> it.withdraw(HostDiff.vmNic(nic).device(), gone));
                    connections.forget(nic.nicId(), gone);
                    hostSwitch.note(port, nic.addresses());
                }
            }
        }
    }

    /** The machine, where it has the other end of the port's device. */
    private Optional<VmNamespace> inside(HostedMachine machine, HostedNic nic, SwitchPort port) {
        return port.device().equals(LinkNames.of(nic.nicId()))
                ? Optional.ofNullable(inside.get(machine.vmId()))
                : Optional.empty();
    }

    private Map<NicId, SwitchPort> portsByNic() {
        Map<NicId, SwitchPort> byNic = new HashMap<>();
        hostSwitch.ports().values().forEach(port -> port.nic().ifPresent(nic -> byNic.put(nic, port)));
        return byNic;
    }

    // --- What is told ---------------------------------------------------------------------------------------------

    /** Waits until the switch forwards for every NIC that is up; false where it does not in time. */
    public boolean awaitConnected(Duration patience) throws InterruptedException {
        Set<NicId> up = nics().filter(HostedNic::up).map(HostedNic::nicId).collect(Collectors.toSet());
        return hostSwitch.await(
                ports -> ports.values().stream()
                        .filter(SwitchPort::installed)
                        .flatMap(port -> port.nic().stream())
                        .collect(Collectors.toSet())
                        .containsAll(up),
                patience);
    }

    /** Has the machines for whose NICs the switch has begun to forward tell their neighbours who they are. */
    public void announce() {
        Map<NicId, SwitchPort> ports = portsByNic();
        Set<NicId> announced = new HashSet<>();
        for (HostedMachine machine : wanted) {
            for (HostedNic nic : machine.nics()) {
                SwitchPort port = ports.get(nic.nicId());
                if (nic.up() && port != null && port.installed()) {
                    inside(machine, nic, port).ifPresent(it -> {
                        announced.add(nic.nicId());
                        announcements.send(it.namespace(), nic, port.deviceIndex());
                    });
                }
            }
        }
        announcements.retain(announced);
    }

    /** How every NIC is connected. */
    public List<LinkReport> links() {
        Map<NicId, SwitchPort> ports = portsByNic();
        return nics().map(nic -> LinkReport.of(nic.nicId(), state(nic, ports.get(nic.nicId()))))
                .toList();
    }

    private Stream<HostedNic> nics() {
        return wanted.stream().flatMap(machine -> machine.nics().stream());
    }

    private static LinkState state(HostedNic nic, @Nullable SwitchPort port) {
        if (port == null || port.state() == LinkState.MISSING) {
            return LinkState.MISSING;
        }
        return nic.up() && port.installed() ? port.state() : LinkState.DOWN;
    }

    /** Sends a packet from one of the machines, and tells what came back; from any thread. */
    public ProbeAnswer probe(VmId from, ProbePacket packet) {
        return settings.machines()
                .find(from.value())
                .map(machine -> new ProbeSender(machine).send(packet))
                .orElseGet(() -> ProbeAnswer.notSent("The host has no machine %s.".formatted(from)));
    }

    /** Ends the connection to the switch; the machines stay, and go on. */
    @Override
    public void close() {
        hostSwitch.close();
    }
}
