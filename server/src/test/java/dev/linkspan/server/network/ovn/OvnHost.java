package dev.linkspan.server.network.ovn;

import dev.linkspan.core.address.MacAddress;
import dev.linkspan.server.host.agent.HostSettings;
import dev.linkspan.server.host.agent.SwitchFiles;
import dev.linkspan.server.network.linux.Eventually;
import dev.linkspan.server.network.linux.namespace.NamespaceFolder;
import dev.linkspan.server.network.linux.namespace.NetworkNamespace;
import dev.linkspan.server.network.linux.namespace.NetworkNamespaces;
import dev.linkspan.server.network.linux.netlink.KernelState;
import dev.linkspan.server.network.linux.netlink.Netlink;
import dev.linkspan.server.network.linux.netlink.NetlinkRequest.ChangeDevice;
import dev.linkspan.server.network.linux.netlink.NetlinkRequest.CreateVeth;
import dev.linkspan.server.network.linux.netlink.NetlinkRequest.VethEnd;
import dev.linkspan.server.network.linux.socket.ChecksumOffload;
import dev.linkspan.server.network.ovsdb.ControlSocket;
import dev.linkspan.server.network.ovsdb.Endpoint;
import dev.linkspan.server.network.ovsdb.OvsdbServer;
import dev.linkspan.server.network.ovsdb.Programs;
import dev.linkspan.server.network.vm.VmLink;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A host of OVN's: a namespace with Open vSwitch in user space, with databases and sockets of its own. Its machines are namespaces
 * beside that.
 */
public final class OvnHost implements AutoCloseable {

    private static final String HOST = "host";
    private static final String BRIDGE = "br-phy";
    private static final String UPLINK = "uplink";
    private static final Path SWITCH_SCHEMA = Path.of("/usr/share/openvswitch/vswitch.ovsschema");

    /** What the hosts' network carries: the largest packet of a machine in a tunnel. */
    private static final int UNDERLAY_MTU = 9200;

    private final int number;
    private final Path files;
    private final Endpoint southbound;
    private final NamespaceFolder folder = new NamespaceFolder();
    private final Programs programs;
    private final OvsdbServer database;
    private Process controller;

    /**
     * Starts Open vSwitch.
     *
     * @param number from 1 on
     * @param files where its programs may keep what is theirs
     */
    OvnHost(int number, Path files, Endpoint southbound) {
        this.number = number;
        this.files = files;
        this.southbound = southbound;
        this.programs = new Programs(files);
        folder.open();
        try (Netlink netlink = namespaces().create(HOST).openNetlink()) {
            netlink.apply(ChangeDevice.up(KernelState.LOOPBACK));
        }
        database = OvsdbServer.standalone(programs, files, "switch", SWITCH_SCHEMA);
        startSwitch();
    }

    private void startSwitch() {
        vsctl("--no-wait", "init");
        vsctl(
                "--no-wait",
                "set",
                "Open_vSwitch",
                ".",
                "external_ids:system-id=host-" + number,
                "external_ids:ovn-remote=" + southbound,
                "external_ids:ovn-encap-type=geneve",
                "external_ids:ovn-encap-ip=127.0.0.1",
                "external_ids:ovn-bridge-datapath-type=netdev",
                // The shortest pause between two comparisons of the cache of flows with the tables; usually half a
                // second.
                "other_config:max-revalidator=100");
        programs.start(
                "vswitchd", inside("ovs-vswitchd", database.endpoint().toString(), "--pidfile", "-vconsole:warn"));
        Eventually.holds(() -> Files.exists(files.resolve("ovs-vswitchd.pid")));
    }

    /** Starts what tells the switch how to forward. */
    void startController() {
        controller = programs.start(
                "controller", inside("ovn-controller", database.endpoint().toString(), "-vconsole:warn"));
    }

    /** Waits until that has made its bridge. */
    void awaitBridge() {
        vsctl("--timeout=20", "wait-until", "bridge", "br-int");
    }

    /** Ends it as a crash would. */
    void killController() {
        Programs.kill(controller);
    }

    // --- The way to other hosts -----------------------------------------------------------------------------------

    /** Connects it to the namespace that stands for the hosts' network; answers what its end is called there. */
    String join(NetworkNamespace fabric) {
        String end = HOST + "-" + number;
        NetworkNamespace inside = namespace();
        try (Netlink netlink = fabric.openNetlink()) {
            netlink.apply(List.of(
                    new CreateVeth(
                            new VethEnd(end, mac(0x100)), new VethEnd(UPLINK, mac(0x200)), inside.file(), UNDERLAY_MTU),
                    ChangeDevice.up(end)));
        }
        try (Netlink netlink = inside.openNetlink()) {
            netlink.apply(ChangeDevice.up(UPLINK));
        }
        ChecksumOffload.disable(inside, UPLINK);
        vsctl(
                "add-br",
                BRIDGE,
                "--",
                "set",
                "bridge",
                BRIDGE,
                "datapath_type=netdev",
                "--",
                "add-port",
                BRIDGE,
                UPLINK);
        run("ip", "addr", "add", address() + "/24", "dev", BRIDGE);
        run("ip", "link", "set", BRIDGE, "up", "mtu", Integer.toString(UNDERLAY_MTU));
        vsctl("set", "Open_vSwitch", ".", "external_ids:ovn-encap-ip=" + address());
        return end;
    }

    private MacAddress mac(int kind) {
        return new MacAddress(0x020000000000L + kind + number);
    }

    private String address() {
        return "172.31.0." + number;
    }

    /** Tells it where another host is: the first packets to one that must be looked for are lost. */
    void meet(OvnHost other) {
        control()
                .run("tnl/neigh/set", BRIDGE, other.address(), other.bridgeMac().toString());
    }

    private MacAddress bridgeMac() {
        try (Netlink netlink = namespace().openNetlink()) {
            return netlink.devices().stream()
                    .filter(device -> device.name().equals(BRIDGE))
                    .flatMap(device -> device.mac().stream())
                    .findFirst()
                    .orElseThrow();
        }
    }

    // --- For tests ------------------------------------------------------------------------------------------------

    /** Its machines, and itself. */
    public NetworkNamespaces namespaces() {
        return folder.namespaces();
    }

    /** The namespace in which its switch has its devices. */
    public NetworkNamespace namespace() {
        return namespaces().find(HOST).orElseThrow();
    }

    /** What an agent needs for it. */
    public HostSettings settings() {
        return new HostSettings(
                namespaces(), namespace(), database.endpoint(), new SwitchFiles(database())::control, VmLink.MTU);
    }

    /** Removes its machines, as a reboot would. */
    void clear() {
        namespaces().names().stream().filter(name -> !name.equals(HOST)).forEach(namespaces()::delete);
    }

    /** Runs ovs-vsctl on its database. */
    public String vsctl(String... arguments) {
        List<String> command = new ArrayList<>(List.of("ovs-vsctl", "--timeout=20", "--db=" + database.endpoint()));
        command.addAll(List.of(arguments));
        return programs.run(command.toArray(String[]::new));
    }

    /** Runs a program in its namespace. */
    public String run(String... command) {
        return programs.run(inside(command).toArray(String[]::new));
    }

    /** How a program is run in its namespace. */
    public List<String> inside(String... command) {
        List<String> inside =
                new ArrayList<>(List.of("nsenter", "--net=" + namespace().file()));
        inside.addAll(List.of(command));
        return inside;
    }

    /** Where the database of its switch is. */
    public Endpoint.Unix database() {
        return database.endpoint();
    }

    /** The folder of its machines. */
    public Path machines() {
        return folder.path();
    }

    /** Where its ovs-vswitchd is told something. */
    public ControlSocket control() {
        return new ControlSocket(new SwitchFiles(database()).control());
    }

    /**
     * Waits until the switch forwards by the tables that it has now, and not by its cache of what they said before. OVN's own barrier
     * does not cover that (findings/ovn-in-force-before-the-flow-cache.sh). The first wait may end with a comparison that had begun too
     * early.
     */
    void awaitRevalidated() {
        for (int i = 0; i < 2; i++) {
            control().run("revalidator/wait");
        }
    }

    @Override
    public void close() {
        programs.close();
        folder.close();
    }
}
