package dev.linkspan.cli.demo;

import dev.linkspan.cli.network.RunFolder;
import dev.linkspan.cli.process.ServerCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A host of the demo: a network namespace with an Open vSwitch of its own, whose packets go through user space, OVN's controller and
 * Linkspan's agent. Two links lead out of it: one to the server, and one to the other hosts, over which their tunnels go.
 */
final class DemoHost {

    /** What the hosts' network carries: the largest packet of a machine, in a tunnel. */
    private static final String UNDERLAY_MTU = "9200";

    private static final int CAPACITY = 20;
    private static final String SWITCH = "switch";
    private static final String SWITCH_SCHEMA = "/usr/share/openvswitch/vswitch.ovsschema";
    private static final String BRIDGE = "br-phy";

    private final int number;
    private final Path files;
    private final Programs programs;
    private final long namespace;
    private Optional<Process> controller = Optional.empty();
    private Optional<Process> agent = Optional.empty();

    /**
     * Makes it, with its switch; the curtain will take it away again.
     *
     * @param number from 1 on
     * @param files where it may keep what is its own
     */
    DemoHost(CleanupStack curtain, int number, Path files, String southbound) {
        this.number = number;
        this.files = files;
        this.programs = new Programs(curtain, files);
        curtain.atTheEnd(() -> new RunFolder(machines()).remove());
        this.namespace = hold();
        link("server", HostedStage.SERVERS_SIDE, "1500");
        link("uplink", HostedStage.FABRIC, UNDERLAY_MTU);
        run("ip", "addr", "add", HostedStage.NETWORK + number + "/24", "dev", "server");
        programs.createDatabase(SWITCH, SWITCH_SCHEMA);
        programs.serveDatabase(SWITCH);
        startSwitch(southbound);
    }

    /** A process that does nothing but keep the namespace. */
    private long hold() {
        Process process = programs.start(
                "namespace",
                List.of(
                        "unshare",
                        "--net",
                        "--",
                        "sh",
                        "-c",
                        "ip link set lo up && : >\"$1\" && exec sleep infinity",
                        "host",
                        files.resolve("namespace.ready").toString()));
        programs.awaitFile("namespace.ready");
        return process.pid();
    }

    private void link(String name, String bridge, String mtu) {
        String end = name + "-" + number;
        programs.run(
                "ip",
                "link",
                "add",
                end,
                "mtu",
                mtu,
                "type",
                "veth",
                "peer",
                "name",
                name,
                "mtu",
                mtu,
                "netns",
                Long.toString(namespace));
        programs.run("ip", "link", "set", end, "up", "master", bridge);
        run("ip", "link", "set", name, "up");
    }

    private void startSwitch(String southbound) {
        vsctl(
                "--no-wait",
                "--",
                "init",
                "--",
                "set",
                "Open_vSwitch",
                ".",
                "external_ids:system-id=" + name(),
                "external_ids:ovn-remote=" + southbound,
                "external_ids:ovn-encap-type=geneve",
                "external_ids:ovn-encap-ip=" + tunnelAddress(number),
                "external_ids:ovn-bridge-datapath-type=netdev",
                // The shortest pause between two comparisons of the cache of flows with the tables.
                "other_config:max-revalidator=100");
        programs.start(
                "vswitchd",
                inside(List.of(
                        "ovs-vswitchd",
                        programs.endpoint(SWITCH),
                        "--pidfile",
                        "--unixctl=" + control(),
                        "-vconsole:warn",
                        "-vfile:off")));
        programs.awaitFile("ovs-vswitchd.pid");
        vsctl(
                "add-br",
                BRIDGE,
                "--",
                "set",
                "bridge",
                BRIDGE,
                "datapath_type=netdev",
                "other-config:hwaddr=\"%s\"".formatted(mac(number)),
                "--",
                "add-port",
                BRIDGE,
                "uplink");
        run("ip", "addr", "add", tunnelAddress(number) + "/24", "dev", BRIDGE);
        run("ip", "link", "set", BRIDGE, "up", "mtu", UNDERLAY_MTU);
    }

    private static String tunnelAddress(int host) {
        return "172.31.0." + host;
    }

    private static String mac(int host) {
        return "02:00:00:00:03:%02x".formatted(host);
    }

    /** Tells it where another host is: the first packets to one that must be looked for are lost. */
    void meet(DemoHost other) {
        appctl("tnl/neigh/set", BRIDGE, tunnelAddress(other.number), mac(other.number));
    }

    /** As the operator and OVN call it. */
    String name() {
        return "host-" + number;
    }

    String subregion() {
        return Cast.SUBREGIONS.get((number - 1) % Cast.SUBREGIONS.size());
    }

    /** Makes it a host of OVN. */
    void startController() {
        controller = Optional.of(programs.start(
                "controller",
                inside(List.of("ovn-controller", programs.endpoint(SWITCH), "-vconsole:warn", "-vfile:off"))));
    }

    /** Waits until that has made its bridge. */
    void awaitController() {
        vsctl("--timeout=30", "wait-until", "bridge", "br-int");
    }

    /** Keeps what the server knows it by. */
    void keep(String token) {
        try {
            Files.writeString(files.resolve("token"), token + "\n");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Starts what makes its machines. */
    void startAgent(String server) {
        agent = Optional.of(programs.start(
                "agent",
                inside(ServerCommand.agentWith(List.of(
                        "--server", server,
                        "--token-file", files.resolve("token").toString(),
                        "--ovs", programs.endpoint(SWITCH),
                        "--capacity", Integer.toString(CAPACITY),
                        "--machines", machines().toString())))));
    }

    /** Ends both as a crash would. */
    void killAgentAndController() {
        agent.ifPresent(Programs::kill);
        controller.ifPresent(Programs::kill);
    }

    /** The folder of its machines' namespaces. */
    Path machines() {
        return files.resolve("machines");
    }

    /** Waits until its switch forwards by the tables that it has now, and not by its cache of what they said before. */
    void awaitRevalidated() {
        // The first wait may end with a comparison that had begun too early.
        appctl("revalidator/wait");
        appctl("revalidator/wait");
    }

    private void vsctl(String... arguments) {
        List<String> command = new ArrayList<>(List.of("ovs-vsctl", "--db=" + programs.endpoint(SWITCH)));
        command.addAll(List.of(arguments));
        programs.run(command);
    }

    private void appctl(String... arguments) {
        List<String> command = new ArrayList<>(List.of("ovs-appctl", "--target=" + control()));
        command.addAll(List.of(arguments));
        programs.run(command);
    }

    private Path control() {
        return files.resolve("ovs-vswitchd.ctl");
    }

    private void run(String... command) {
        programs.run(inside(List.of(command)));
    }

    private List<String> inside(List<String> command) {
        List<String> inside = new ArrayList<>(List.of("nsenter", "--net=/proc/%d/ns/net".formatted(namespace), "--"));
        inside.addAll(command);
        return inside;
    }
}
