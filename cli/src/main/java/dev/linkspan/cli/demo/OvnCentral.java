package dev.linkspan.cli.demo;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** OVN's two databases, and what translates one into the other. The northbound one, which Linkspan writes, is a cluster of three. */
final class OvnCentral {

    private static final List<String> NORTHBOUND = List.of("nb1", "nb2", "nb3");
    private static final String SOUTHBOUND = "sb";
    private static final String NORTHBOUND_DATABASE = "OVN_Northbound";
    private static final String NORTHBOUND_SCHEMA = "/usr/share/ovn/ovn-nb.ovsschema";
    private static final String SOUTHBOUND_SCHEMA = "/usr/share/ovn/ovn-sb.ovsschema";

    private final Programs programs;
    private final Path files;
    private final Map<String, Process> northbound = new LinkedHashMap<>();

    /** Starts it; the curtain will take it away again. */
    OvnCentral(CleanupStack curtain, Path files) {
        this.programs = new Programs(curtain, files);
        this.files = files;
        startCluster();
        programs.createDatabase(SOUTHBOUND, SOUTHBOUND_SCHEMA);
        programs.serveDatabase(SOUTHBOUND);
        programs.start(
                "northd",
                List.of(
                        "ovn-northd",
                        "--ovnnb-db=" + northboundEndpoints(),
                        "--ovnsb-db=" + southboundEndpoint(),
                        "--unixctl=" + files.resolve("northd.ctl"),
                        "-vconsole:warn",
                        "-vfile:off"));
    }

    private void startCluster() {
        String first = NORTHBOUND.getFirst();
        for (String member : NORTHBOUND) {
            String database = files.resolve(member + ".db").toString();
            if (member.equals(first)) {
                programs.run("ovsdb-tool", "create-cluster", database, NORTHBOUND_SCHEMA, raft(member));
            } else {
                programs.run("ovsdb-tool", "join-cluster", database, NORTHBOUND_DATABASE, raft(member), raft(first));
            }
            northbound.put(member, programs.serveDatabase(member));
            programs.run(
                    "ovsdb-client",
                    "--timeout=30",
                    "--no-leader-only",
                    "wait",
                    programs.endpoint(member),
                    NORTHBOUND_DATABASE,
                    "connected");
        }
    }

    private String raft(String member) {
        return "unix:" + files.resolve(member + ".raft");
    }

    /** Every member, as OVN's programs and Linkspan take them. */
    String northboundEndpoints() {
        return NORTHBOUND.stream().map(programs::endpoint).collect(Collectors.joining(","));
    }

    String southboundEndpoint() {
        return programs.endpoint(SOUTHBOUND);
    }

    /** Ends the member that leads the others, as a crash would; waits until there is one. */
    void killLeader() {
        Programs.await("the northbound database has a leader", () -> northbound.keySet().stream().anyMatch(this::leads));
        String leader = northbound.keySet().stream()
                .filter(this::leads)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the northbound database has lost its leader"));
        Process process = northbound.remove(leader);
        if (process != null) {
            Programs.kill(process);
        }
    }

    private boolean leads(String member) {
        return programs.run(
                        "ovs-appctl",
                        "--target=" + files.resolve(member + ".ctl"),
                        "cluster/status",
                        NORTHBOUND_DATABASE)
                .contains("Role: leader");
    }

    /** Starts those again that were killed, on what they had written. */
    void startKilled() {
        for (String member : NORTHBOUND) {
            northbound.computeIfAbsent(member, programs::serveDatabase);
        }
    }
}
