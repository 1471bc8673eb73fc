package dev.linkspan.acceptance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.acceptance.Account;
import dev.linkspan.acceptance.LinkspanServer;
import dev.linkspan.acceptance.Repository;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The examples that tell how Alice and Bob peer their VPCs, run on a server of their own with real packets. */
final class Story implements AutoCloseable {

    private final LinkspanServer server =
            LinkspanServer.with("--network", "netns").open();
    private final Programs programs;

    /** @param scratch for what the examples need beside themselves */
    Story(String example, Path scratch) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("LINKSPAN_URL", server.url().toString());
        environment.put("LINKSPAN_DATA", server.data().toString());
        environment.put("LINKSPAN", Programs.launcher(scratch).toString());
        put(environment, "ALICE", server.account());
        put(environment, "BOB", server.account());
        programs = Programs.in(folder(example)).with(environment);
    }

    private static void put(Map<String, String> environment, String name, Account account) {
        environment.put(name + "_ACCESS_KEY", account.key().id());
        environment.put(name + "_SECRET_KEY", account.key().secret());
    }

    static Path folder(String example) {
        return Repository.root().resolve("examples").resolve(example);
    }

    LinkspanServer server() {
        return server;
    }

    /** What the example printed; it must have come to its end. */
    String tell(List<String> command) {
        Programs.Ended ended = Programs.ended(programs.begin(command));
        assertThat(ended.code()).as("%s said: %s", command, ended.said()).isZero();
        return ended.said();
    }

    @Override
    public void close() {
        server.close();
    }
}
