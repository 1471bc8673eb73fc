package dev.linkspan.server.host.agent;

import dev.linkspan.server.network.ovsdb.Endpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where a host's Open vSwitch has its sockets: all of them in one folder, named as its programs do where nobody says otherwise. */
public final class SwitchFiles {

    private static final String PROGRAM = "ovs-vswitchd";

    private final Endpoint.Unix database;

    /** @param database the socket of its ovsdb-server */
    public SwitchFiles(Endpoint.Unix database) {
        this.database = database;
    }

    /** Where ovs-vswitchd, as it runs now, is told something; throws {@link UncheckedIOException} where it does not run. */
    public Path control() {
        Path pid = database.socket().resolveSibling(PROGRAM + ".pid");
        try {
            return pid.resolveSibling(
                    "%s.%s.ctl".formatted(PROGRAM, Files.readString(pid).strip()));
        } catch (IOException none) {
            throw new UncheckedIOException("ovs-vswitchd does not run: there is no " + pid, none);
        }
    }
}
