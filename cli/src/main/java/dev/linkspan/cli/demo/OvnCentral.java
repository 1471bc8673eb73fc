package dev.linkspan.cli.demo;

import java.nio.file.Path;
import java.util.List;

/** OVN's two databases, and what translates one into the other. */
final class OvnCentral {

    private static final String NORTHBOUND = "nb";
    private static final String SOUTHBOUND = "sb";
    private static final String SCHEMA = "/usr/share/ovn/ovn-%s.ovsschema";

    private final Programs programs;
    private Process northbound;

    /** Starts it; the curtain will take it away again. */
    OvnCentral(CleanupStack curtain, Path files) {
        programs = new Programs(curtain, files);
        programs.createDatabase(NORTHBOUND, SCHEMA.formatted(NORTHBOUND));
        programs.createDatabase(SOUTHBOUND, SCHEMA.formatted(SOUTHBOUND));
        northbound = programs.serveDatabase(NORTHBOUND);
        programs.serveDatabase(SOUTHBOUND);
        programs.start(
                "northd",
                List.of(
                        "ovn-northd",
                        "--ovnnb-db=" + northboundEndpoint(),
                        "--ovnsb-db=" + southboundEndpoint(),
                        "--unixctl=" + files.resolve("northd.ctl"),
                        "-vconsole:warn",
                        "-vfile:off"));
    }

    String northboundEndpoint() {
        return programs.endpoint(NORTHBOUND);
    }

    String southboundEndpoint() {
        return programs.endpoint(SOUTHBOUND);
    }

    /** Ends the server of the database that Linkspan writes, as a crash would. */
    void killNorthbound() {
        Programs.kill(northbound);
    }

    /** Starts it again, on what it had written. */
    void startNorthbound() {
        northbound = programs.serveDatabase(NORTHBOUND);
    }
}
