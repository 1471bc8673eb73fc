package dev.linkspan.server.network.ovsdb;

import dev.linkspan.server.network.linux.Eventually;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A real ovsdb-server with one database, on a socket in its folder. */
public final class OvsdbServer {

    private final Programs programs;
    private final Path folder;
    private final String name;
    private final List<String> options;
    private Process process;

    private OvsdbServer(Programs programs, Path folder, String name, List<String> options) {
        this.programs = programs;
        this.folder = folder;
        this.name = name;
        this.options = List.copyOf(options);
        start();
    }

    /** Alone, with an empty database of this schema. */
    public static OvsdbServer standalone(Programs programs, Path folder, String name, Path schema, String... options) {
        programs.run("ovsdb-tool", "create", database(folder, name).toString(), schema.toString());
        return new OvsdbServer(programs, folder, name, List.of(options));
    }

    /** The first member of a cluster. */
    static OvsdbServer first(Programs programs, Path folder, String name, Path schema) {
        programs.run(
                "ovsdb-tool",
                "create-cluster",
                database(folder, name).toString(),
                schema.toString(),
                raft(folder, name));
        return new OvsdbServer(programs, folder, name, List.of());
    }

    /** One more member. */
    static OvsdbServer joining(Programs programs, Path folder, String name, String database, String other) {
        programs.run(
                "ovsdb-tool",
                "join-cluster",
                database(folder, name).toString(),
                database,
                raft(folder, name),
                raft(folder, other));
        return new OvsdbServer(programs, folder, name, List.of());
    }

    private static Path database(Path folder, String name) {
        return folder.resolve(name + ".db");
    }

    private static String raft(Path folder, String name) {
        return "unix:" + folder.resolve(name + ".raft");
    }

    /** Where it listens. */
    public Endpoint.Unix endpoint() {
        return new Endpoint.Unix(socket());
    }

    private Path socket() {
        return folder.resolve(name + ".sock");
    }

    /** Starts it, on what it had when it ended. */
    public void start() {
        List<String> command = new ArrayList<>(List.of(
                "ovsdb-server",
                database(folder, name).toString(),
                "--remote=punix:" + socket(),
                "--unixctl=" + folder.resolve(name + ".ctl"),
                "-vconsole:warn"));
        command.addAll(options);
        process = programs.start(name, command);
        Eventually.holds(this::listens);
    }

    private boolean listens() {
        try (SocketChannel _ = SocketChannel.open(UnixDomainSocketAddress.of(socket()))) {
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Ends it as a crash would. */
    public void kill() {
        Programs.kill(process);
    }

    /** Holds it, so that it neither reads nor writes, or lets it go on. */
    void hold(boolean held) {
        programs.signal(process, held ? "STOP" : "CONT");
    }

    /** Starts it again with an empty database. */
    public void startEmpty(Path schema) {
        kill();
        programs.run("rm", database(folder, name).toString());
        programs.run("ovsdb-tool", "create", database(folder, name).toString(), schema.toString());
        start();
    }
}
