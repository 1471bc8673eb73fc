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
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The programs of OVN with hosts whose packets go through Open vSwitch in user space, in folders and in namespaces of their own. Several
 * hosts speak by tunnels (geneve) over a bridge in one more namespace.
 */
public final class OvnTestbed implements Testbed, BeforeEachCallback, AfterEachCallback {

    public static final String NETWORK = "a test";
    private static final String FABRIC = "fabric";
    private static final Path NORTHBOUND_SCHEMA = Path.of("/usr/share/ovn/ovn-nb.ovsschema");
    private static final Path SOUTHBOUND_SCHEMA = Path.of("/usr/share/ovn/ovn-sb.ovsschema");
    private static final Duration IN_FORCE = Duration.ofSeconds(15);

    private final int hostCount;
    private final List<OvnHost> hosts = new ArrayList<>();
    private final NamespaceFolder folder = new NamespaceFolder();
    private Path files;
    private Programs programs;
    private OvsdbServer northbound;
    private OvsdbServer southbound;
    private Placement placement;

    /** With one host. */
    public OvnTestbed() {
        this(1);
    }

    /** With so many hosts, over which the machines are spread. */
    public OvnTestbed(int hostCount) {
        this.hostCount = hostCount;
        this.placement = new Placement(hostCount);
    }

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        Programs.assumeInstalled("ovsdb-server", "ovs-vswitchd", "ovs-vsctl", "ovn-northd", "ovn-controller");
        assumeTrue(Files.isWritable(Path.of("/dev/net/tun")), "Open vSwitch in user space needs /dev/net/tun");
        folder.beforeEach(context);
        files = Files.createTempDirectory("linkspan-ovn-");
        programs = new Programs(files);
        placement = new Placement(hostCount);
        startCentral();
        for (int number = 1; number <= hostCount; number++) {
            hosts.add(
                    new OvnHost(number, Files.createDirectory(files.resolve("host-" + number)), southbound.endpoint()));
        }
        if (hostCount > 1) {
            joinHosts();
        }
        hosts.forEach(OvnHost::startController);
        hosts.forEach(OvnHost::awaitBridge);
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

    private void joinHosts() {
        NetworkNamespace fabric = folder.namespaces().create(FABRIC);
        runIn(fabric, "ip", "link", "add", "bridge", "up", "type", "bridge");
        for (OvnHost host : hosts) {
            runIn(fabric, "ip", "link", "set", host.join(fabric), "master", "bridge");
        }
        for (OvnHost host : hosts) {
            hosts.stream().filter(other -> other != host).forEach(host::meet);
        }
    }

    private void runIn(NetworkNamespace namespace, String... command) {
        List<String> inside = new ArrayList<>(List.of("nsenter", "--net=" + namespace.file()));
        inside.addAll(List.of(command));
        programs.run(inside.toArray(String[]::new));
    }

    /** The host, where there is one. */
    public OvnHost host() {
        return hosts.getFirst();
    }

    /** Starts what tells the switches of the hosts how to forward. */
    public void startController() {
        hosts.forEach(OvnHost::startController);
    }

    /** Ends it as a crash would. */
    public void killController() {
        hosts.forEach(OvnHost::killController);
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

    /** The transactions that changed the database other than by the number of a barrier, in their order. */
    List<String> northboundLog() {
        try {
            return Files.readAllLines(files.resolve("nb.db")).stream()
                    .filter(line -> line.startsWith("{") && line.contains("\"Address_Set\""))
                    .toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
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

    /** The namespace of a machine, on whichever host. */
    public NetworkNamespace machine(VmId vm) {
        return find(vm).orElseThrow();
    }

    private Optional<NetworkNamespace> find(VmId vm) {
        return hosts.stream()
                .flatMap(host -> host.namespaces().find(vm.value()).stream())
                .findFirst();
    }

    /** What a server, and {@code ovn-cleanup}, is told of where OVN is. */
    public List<String> serverOptions() {
        return List.of(
                "--ovn-network",
                NETWORK,
                "--ovn-nb",
                northbound.endpoint().toString(),
                "--ovn-sb",
                southbound.endpoint().toString());
    }

    public OvnSettings settings(String network) {
        List<Endpoint> nb = List.of(northbound.endpoint());
        List<Endpoint> sb = List.of(southbound.endpoint());
        return OvnSettings.of(OvnAccess.of(network, nb, sb)).withInForce(IN_FORCE);
    }

    @Override
    public Driver openDriver() {
        return new HostedDriver(OvnDriver.open(settings(NETWORK)), hosts, placement);
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
        find(machine)
                .ifPresent(inside -> inside.writeSysctls(
                        Map.of("net/ipv4/ip_forward", "1", "net/ipv4/conf/all/send_redirects", "0")));
    }

    @Override
    public void clear() {
        cleanUp();
        placement = new Placement(hostCount);
        hosts.forEach(OvnHost::clear);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        close();
    }

    @Override
    public void close() {
        hosts.forEach(OvnHost::close);
        hosts.clear();
        if (programs != null) {
            programs.close();
            programs = null;
            deleteFiles();
        }
        folder.close();
    }

    private void deleteFiles() {
        try (var all = Files.walk(files)) {
            for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
