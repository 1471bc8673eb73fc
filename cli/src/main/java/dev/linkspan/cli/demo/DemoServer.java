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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A throw-away server with two Subregions, and its network. */
record DemoServer(Path data, ServerProcess server, LinkspanClient client, Caller operator, Wire wire) {

    private static final int LONGEST_BEFORE_SOCKETS = 40;

    /** Starts one with a manual clock, whose machines are where it is; the curtain will take it away again. */
    static DemoServer set(CleanupStack curtain) {
        List<String> options = List.of("--listen", "127.0.0.1:0", "--network", "netns", "--clock", "manual");
        return start(curtain, temporaryFolder(curtain), options, Wire::of);
    }

    /** Starts one with these options besides those that every demo has. */
    static DemoServer start(CleanupStack curtain, Path data, List<String> options, Function<Caller, Wire> network) {
        List<String> all = new ArrayList<>(options);
        all.addAll(List.of("--data", data.toString(), "--regions", Cast.REGION + ":" + subregions()));
        ServerProcess server = ServerProcess.start(ServerCommand.with(all), data.resolve("server.log"));
        curtain.atTheEnd(() -> {
            List<Leftover> its = Networks.of(server.pid());
            server.close();
            its.forEach(Leftover::remove);
        });
        LinkspanClient client = new LinkspanClient(new Endpoint(server.awaitReady()));
        Caller operator = client.asOperator(new DataFolder(data).adminToken());
        Wire wire = network.apply(operator);
        curtain.atTheEnd(wire::close);
        return new DemoServer(data, server, client, operator, wire);
    }

    private static String subregions() {
        return Cast.SUBREGIONS.stream()
                .map(name -> name.substring(Cast.REGION.length()))
                .collect(Collectors.joining(","));
    }

    /** A folder for all that the demo keeps, which goes after everything else. */
    static Path temporaryFolder(CleanupStack curtain) {
        return folder(curtain, Path.of(System.getProperty("java.io.tmpdir")));
    }

    /** Such a folder in which sockets have their files: a path longer than 107 bytes is none for a socket (unix(7)). */
    static Path folderForSockets(CleanupStack curtain) {
        Path usual = Path.of(System.getProperty("java.io.tmpdir"));
        return folder(curtain, usual.toString().length() <= LONGEST_BEFORE_SOCKETS ? usual : Path.of("/tmp"));
    }

    private static Path folder(CleanupStack curtain, Path parent) {
        try {
            Path folder = Files.createTempDirectory(parent, "linkspan-demo-");
            curtain.atTheEnd(() -> delete(folder));
            return folder;
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
