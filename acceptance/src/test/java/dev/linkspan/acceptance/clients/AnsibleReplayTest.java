package dev.linkspan.acceptance.clients;

import dev.linkspan.acceptance.Account;
import dev.linkspan.acceptance.LinkspanServer;
import dev.linkspan.acceptance.Repository;
import java.net.http.HttpClient;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The calls that Ansible's modules for VPCs, subnets, groups, instances, peerings and route tables make, each module run twice, without
 * Ansible: Debian's package brings some hundred megabytes of collections along.
 */
class AnsibleReplayTest {

    @RegisterExtension
    private static final LinkspanServer SERVER = LinkspanServer.with("--peering-requires-vm", "false");

    @Test
    void a_playbook_is_played_twice_and_taken_back() {
        Account alice = SERVER.account();
        Account bob = SERVER.account();
        try (HttpClient http = HttpClient.newHttpClient()) {
            CallScript script = new CallScript(
                    Map.of(
                            "alice", new Query(http, SERVER.url(), alice.key()),
                            "bob", new Query(http, SERVER.url(), bob.key())),
                    Map.of("alice", alice.id(), "bob", bob.id()));

            script.perform(Repository.root().resolve("acceptance/src/test/resources/ansible/playbook.calls"));
        }
    }
}
