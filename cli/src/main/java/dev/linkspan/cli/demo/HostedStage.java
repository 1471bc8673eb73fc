package dev.linkspan.cli.demo;

import dev.linkspan.cli.client.Caller;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * A server, OVN, and hosts whose machines it connects, all in the network namespace that this program is in: the launcher gives it one
 * of its own, so that nothing touches the computer's network.
 */
record HostedStage(DemoServer server, OvnCentral central, List<DemoHost> hosts) {

    /** The bridge that joins the hosts with each other. */
    static final String FABRIC = "fabric";

    /** The bridge that joins the hosts with the server. */
    static final String SERVERS_SIDE = "servers";

    /** Of what is joined by that, all but the last byte. */
    static final String NETWORK = "172.30.0.";

    private static final String SERVER = NETWORK + "254";
    private static final Path TUN = Path.of("/dev/net/tun");

    /** Why there can be no hosts here; nothing where there can. */
    static Optional<String> obstacle() {
        return Files.isWritable(TUN)
                ? Optional.empty()
                : Optional.of(TUN + " cannot be written, with which Open vSwitch in user space makes its ports");
    }

    /** Starts everything but the agents; the curtain will take it away again. */
    static HostedStage set(CleanupStack curtain, int hostCount) {
        Path folder = DemoServer.folderForSockets(curtain);
        Programs programs = new Programs(curtain, folder);
        for (String bridge : List.of(FABRIC, SERVERS_SIDE)) {
            programs.run("ip", "link", "add", bridge, "type", "bridge");
            curtain.atTheEnd(() -> programs.run("ip", "link", "delete", bridge));
            programs.run("ip", "link", "set", bridge, "up");
        }
        programs.run("ip", "addr", "add", SERVER + "/24", "dev", SERVERS_SIDE);
        OvnCentral central = new OvnCentral(curtain, folder);
        List<DemoHost> hosts = new ArrayList<>();
        for (int number = 1; number <= hostCount; number++) {
            Path files = folderIn(folder, "host-" + number);
            hosts.add(new DemoHost(curtain, number, files, central.southboundEndpoint()));
        }
        for (DemoHost host : hosts) {
            hosts.stream().filter(other -> other != host).forEach(host::meet);
        }
        hosts.forEach(DemoHost::startController);
        hosts.forEach(DemoHost::awaitController);
        List<DemoHost> all = List.copyOf(hosts);
        return new HostedStage(
                DemoServer.start(curtain, folder, options(central), operator -> wire(operator, all)), central, all);
    }

    private static List<String> options(OvnCentral central) {
        return List.of(
                "--listen",
                SERVER + ":0",
                "--network",
                "ovn",
                // Silence is measured by it.
                "--clock",
                "system",
                "--ovn-network",
                "demo",
                "--ovn-nb",
                central.northboundEndpoint(),
                "--ovn-sb",
                central.southboundEndpoint());
    }

    private static Wire wire(Caller operator, List<DemoHost> hosts) {
        List<Path> machines = hosts.stream().map(DemoHost::machines).toList();
        return Wire.of(operator, new HostedMachines(machines), () -> atOnce(hosts, DemoHost::awaitRevalidated));
    }

    private static void atOnce(List<DemoHost> hosts, Consumer<DemoHost> action) {
        try (ExecutorService tasks = Executors.newVirtualThreadPerTaskExecutor()) {
            List<? extends Future<?>> results = hosts.stream()
                    .map(host -> tasks.submit(() -> action.accept(host)))
                    .toList();
            for (Future<?> result : results) {
                result.get();
            }
        } catch (ExecutionException failed) {
            throw new IllegalStateException(failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the hosts caught up", interrupted);
        }
    }

    private static Path folderIn(Path folder, String name) {
        try {
            return Files.createDirectory(folder.resolve(name));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Where the server is, as the hosts see it. */
    String url() {
        return server.server().awaitReady().toString();
    }
}
