package dev.linkspan.acceptance;

import dev.linkspan.cli.process.ServerCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How tests start a server. {@code ./linkspan test} says where the built distribution is: that one is tested, with its
 * start-up cache, by which each of the many servers is ready in half the time. Else it is the one of the class path.
 */
public final class TestedServer {

    private static final Optional<Path> DISTRIBUTION =
            Optional.ofNullable(System.getProperty("linkspan.dist")).map(Path::of);

    private TestedServer() {}

    /** The command line, with these options of {@code serve}. */
    public static List<String> command(List<String> options) {
        return command(options, Path.of(System.getProperty("java.io.tmpdir", "/tmp")));
    }

    /** @param temporary where it makes temporary files, which stay behind when it is killed */
    public static List<String> command(List<String> options, Path temporary) {
        List<String> command = new ArrayList<>(ServerCommand.with(options));
        command.add(command.indexOf("-cp"), "-Djava.io.tmpdir=" + temporary);
        DISTRIBUTION.ifPresent(folder -> {
            int classPath = command.indexOf("-cp");
            command.set(classPath + 1, jar(folder.resolve("lib")).toString());
            Path cache = folder.resolve("server.aot");
            if (Files.exists(cache)) {
                command.addAll(classPath, List.of("-XX:AOTCache=" + cache, "-Xlog:aot*=error"));
            }
        });
        return List.copyOf(command);
    }

    private static Path jar(Path folder) {
        try (Stream<Path> jars = Files.list(folder)) {
            return jars.filter(jar -> jar.getFileName().toString().startsWith("linkspan-server-"))
                    .findAny()
                    .orElseThrow(() -> new IllegalStateException("there is no server in " + folder));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
