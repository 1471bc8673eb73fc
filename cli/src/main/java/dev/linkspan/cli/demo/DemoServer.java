package dev.linkspan.cli.demo;

import dev.linkspan.cli.client.Caller;
import dev.linkspan.cli.client.DataFolder;
import dev.linkspan.cli.client.Endpoint;
import dev.linkspan.cli.client.LinkspanClient;
import dev.linkspan.cli.network.Leftover;
import dev.linkspan.cli.network.Networks;
import dev.linkspan.cli.process.ServerCommand;
import dev.linkspan.cli.process.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A throw-away server with two Subregions and a manual clock, and its network. */
record DemoServer(Path data, ServerProcess server, LinkspanClient client, Caller operator, Wire wire) {

    /** Starts it; the curtain will take it away again. */
    static DemoServer set(CleanupStack curtain) {
        Path data = temporaryFolder();
        curtain.atTheEnd(() -> delete(data));
        ServerProcess server = ServerProcess.start(ServerCommand.with(options(data)), data.resolve("server.log"));
        curtain.atTheEnd(() -> {
            List<Leftover> its = Networks.of(server.pid());
            server.close();
            its.forEach(Leftover::remove);
        });
        LinkspanClient client = new LinkspanClient(new Endpoint(server.awaitReady()));
        Caller operator = client.asOperator(new DataFolder(data).adminToken());
        Wire wire = Wire.of(operator);
        curtain.atTheEnd(wire::close);
        return new DemoServer(data, server, client, operator, wire);
    }

    private static List<String> options(Path data) {
        String subregions = Cast.SUBREGIONS.stream()
                .map(name -> name.substring(Cast.REGION.length()))
                .collect(Collectors.joining(","));
        return List.of(
                "--listen", "127.0.0.1:0",
                "--data", data.toString(),
                "--network", "netns",
                "--clock", "manual",
                "--regions", Cast.REGION + ":" + subregions);
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("linkspan-demo-");
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot make a data folder for the demo", failed);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot remove " + folder, failed);
        }
    }
}
