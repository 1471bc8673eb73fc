package dev.linkspan.server.network.ovn;

import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.VmId;
import dev.linkspan.server.network.Driver;
import dev.linkspan.server.network.LiveFlow;
import dev.linkspan.server.network.MachineTap;
import dev.linkspan.server.network.Prober;
import dev.linkspan.server.network.Testbed;
import dev.linkspan.server.network.linux.Eventually;
import dev.linkspan.server.network.linux.namespace.NamespaceFolder;
import dev.linkspan.server.network.linux.namespace.NetworkNamespace;
import dev.linkspan.server.network.linux.namespace.NetworkNamespaces;
import dev.linkspan.server.network.linux.netlink.KernelState;
import dev.linkspan.server.network.linux.netlink.Netlink;
import dev.linkspan.server.network.linux.netlink.NetlinkRequest;
import dev.linkspan.server.network.ovsdb.Endpoint;
import dev.linkspan.server.network.ovsdb.OvsdbServer;
import dev.linkspan.server.network.ovsdb.Programs;
import dev.linkspan.server.network.vm.NamespaceProber;
import dev.linkspan.server.network.vm.NamespaceTap;
import dev.linkspan.server.network.vm.TcpFlow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The programs of OVN with one host, whose packets go through Open vSwitch in user space, in a folder and in namespaces of their own.
 * The machines are namespaces beside that of the host.
 */
public final class OvnTestbed implements Testbed, BeforeEachCallback, AfterEachCallback {

    static final String NETWORK = "a test";
    private static final String HOST = "host";
    private static final Path NORTHBOUND_SCHEMA = Path.of("/usr/share/ovn/ovn-nb.ovsschema");
    private static final Path SOUTHBOUND_SCHEMA = Path.of("/usr/share/ovn/ovn-sb.ovsschema");
    private static final Path SWITCH_SCHEMA = Path.of("/usr/share/openvswitch/vswitch.ovsschema");
    private static final Duration IN_FORCE = Duration.ofSeconds(15);

    private final NamespaceFolder folder = new NamespaceFolder();
    private Path files;
    private Programs programs;
    private OvsdbServer northbound;
    private OvsdbServer southbound;
    private OvsdbServer switches;
    private Process controller;

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        Programs.assumeInstalled(
                "ovsdb-server", "ovs-vswitchd", "ovs-vsctl", "ovn-northd", "ovn-controller", "ethtool");
        assumeTrue(Files.isWritable(Path.of("/dev/net/tun")), "Open vSwitch in user space needs /dev/net/tun");
        folder.beforeEach(context);
        files = Files.createTempDirectory("linkspan-ovn-");
        programs = new Programs(files);
        startCentral();
        startHost();
    }

    private void startCentral() {
        northbound = OvsdbServer.standalone(programs, files, "nb", NORTHBOUND_SCHEMA);
        southbound = OvsdbServer.standalone(programs, files, "sb", SOUTHBOUND_SCHEMA);
        programs.start(
                "northd",
                List.of(
                        "ovn-northd",
                        "--ovnnb-db=" + northbound.endpoint(),
                        "--ovnsb-db=" + southbound.endpoint(),
                        "--unixctl=" + files.resolve("northd.ctl"),
                        "-vconsole:warn"));
    }

    private void startHost() {
        NetworkNamespace host = namespaces().create(HOST);
        try (Netlink netlink = host.openNetlink()) {
            netlink.apply(NetlinkRequest.ChangeDevice.up(KernelState.LOOPBACK));
        }
        switches = OvsdbServer.standalone(programs, files, "switch", SWITCH_SCHEMA);
        vsctl("--no-wait", "init");
        vsctl(
                "--no-wait",
                "set",
                "Open_vSwitch",
                ".",
                "external_ids:system-id=" + HOST,
                "external_ids:ovn-remote=" + southbound.endpoint(),
                "external_ids:ovn-encap-type=geneve",
                "external_ids:ovn-encap-ip=127.0.0.1",
                "external_ids:ovn-bridge-datapath-type=netdev",
                // The shortest pause between two comparisons of the cache of flows with the tables; usually half a
                // second.
                "other_config:max-revalidator=100");
        programs.start(
                "vswitchd",
                inHost(
                        "ovs-vswitchd",
                        switches.endpoint().toString(),
                        "--unixctl=" + files.resolve("vswitchd.ctl"),
                        "-vconsole:warn"));
        startController();
        vsctl("--timeout=20", "wait-until", "bridge", "br-int");
    }

    /**
     * Waits until the switch of the host forwards by the tables that it has now, and not by its cache of what they said before. OVN's own
     * barrier does not cover that (findings/ovn-in-force-before-the-flow-cache.sh). The first wait may end with a comparison that had
     * begun too early.
     */
    void awaitRevalidated() {
        for (int i = 0; i < 2; i++) {
            programs.run("ovs-appctl", "--timeout=20", "--target=" + files.resolve("vswitchd.ctl"), "revalidator/wait");
        }
    }

    /** Starts what tells the switch of the host how to forward. */
    public void startController() {
        controller = programs.start(
                "controller", inHost("ovn-controller", switches.endpoint().toString(), "-vconsole:warn"));
    }

    /** Ends it as a crash would. */
    public void killController() {
        Programs.kill(controller);
    }

    /** Runs a program of the host's in its namespace. */
    private List<String> inHost(String... command) {
        List<String> inHost = new ArrayList<>(List.of(
                "nsenter", "--net=" + namespaces().find(HOST).orElseThrow().file()));
        inHost.addAll(List.of(command));
        return inHost;
    }

    String vsctl(String... arguments) {
        List<String> command = new ArrayList<>(List.of("ovs-vsctl", "--timeout=20", "--db=" + switches.endpoint()));
        command.addAll(List.of(arguments));
        return programs.run(command.toArray(String[]::new));
    }

    /** Changes the northbound database as somebody else would. */
    public String nbctl(String... arguments) {
        List<String> command = new ArrayList<>(List.of("ovn-nbctl", "--timeout=20", "--db=" + northbound.endpoint()));
        command.addAll(List.of(arguments));
        return programs.run(command.toArray(String[]::new));
    }

    /** Takes away the database with everything in it. */
    public void loseNorthbound() {
        northbound.startEmpty(NORTHBOUND_SCHEMA);
    }

    /** Starts the database again. */
    public void restartNorthbound() {
        northbound.kill();
        northbound.start();
    }

    /** The names of everything in the northbound database that has one, and how many rules, routes and policies there are. */
    public String rows() {
        List<String> lines = new ArrayList<>();
        for (NbTable table : NbTable.values()) {
            String told = switch (table) {
                case ROUTE -> "ip_prefix,nexthop,route_table";
                case POLICY, ACL -> "priority,match,action";
                case SWITCH_PORT -> "name,enabled,addresses";
                case ROUTER, ROUTER_PORT, SWITCH, PORT_GROUP, ADDRESS_SET -> "name";
            };
            nbctl("--bare", "--columns=" + told, "list", table.table())
                    .lines()
                    .filter(line -> !line.isBlank())
                    .forEach(lines::add);
        }
        return lines.stream().sorted().collect(Collectors.joining("\n"));
    }

    /** Waits until they are these again. */
    public void awaitRows(String wanted) {
        Eventually.holds(() -> rows().equals(wanted));
    }

    /** How often each Net was written. */
    public String revisions() {
        return nbctl("--bare", "--columns=name,external_ids", "list", "Address_Set")
                .lines()
                .filter(line -> line.contains("linkspan-revision"))
                .sorted()
                .collect(Collectors.joining("\n"));
    }

    /** Removes what servers have written, as the operator would. */
    public void cleanUp() {
        OvnDriver.cleanUp(settings(NETWORK));
    }

    /** Why it fails. */
    public Throwable failureOf(Runnable waiting) {
        return catchThrowable(waiting::run);
    }

    NetworkNamespaces namespaces() {
        return folder.namespaces();
    }

    NetworkNamespace host() {
        return namespaces().find(HOST).orElseThrow();
    }

    public NetworkNamespace machine(VmId vm) {
        return namespaces().find(vm.value()).orElseThrow();
    }

    /** Runs it in a machine. */
    void runIn(NetworkNamespace machine, String... command) {
        List<String> inMachine = new ArrayList<>(List.of("nsenter", "--net=" + machine.file()));
        inMachine.addAll(List.of(command));
        programs.run(inMachine.toArray(String[]::new));
    }

    OvnSettings settings(String network) {
        List<Endpoint> nb = List.of(northbound.endpoint());
        List<Endpoint> sb = List.of(southbound.endpoint());
        return OvnSettings.of(network, nb, sb).withInForce(IN_FORCE);
    }

    @Override
    public Driver openDriver() {
        return new HostedDriver(OvnDriver.open(settings(NETWORK)), this);
    }

    @Override
    public Prober prober(Collection<VmId> machines, Set<Integer> ports) {
        return NamespaceProber.among(machines.stream().map(this::machine).toList(), ports);
    }

    @Override
    public LiveFlow connect(VmId from, VmId to, Ipv4 address, int port) throws IOException {
        return TcpFlow.between(machine(from), machine(to), address, port);
    }

    @Override
    public MachineTap tap(VmId machine) {
        return NamespaceTap.open(machine(machine));
    }

    @Override
    public void passOn(VmId machine) {
        namespaces()
                .find(machine.value())
                .ifPresent(inside -> inside.writeSysctls(
                        Map.of("net/ipv4/ip_forward", "1", "net/ipv4/conf/all/send_redirects", "0")));
    }

    @Override
    public void clear() {
        cleanUp();
        namespaces().names().stream().filter(name -> !name.equals(HOST)).forEach(namespaces()::delete);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        close();
    }

    @Override
    public void close() {
        if (programs != null) {
            programs.close();
            programs = null;
            deleteFiles();
        }
        folder.close();
    }

    private void deleteFiles() {
        try (var all = Files.list(files)) {
            for (Path file : all.toList()) {
                Files.delete(file);
            }
            Files.delete(files);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
