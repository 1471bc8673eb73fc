package dev.linkspan.acceptance.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.acceptance.LinkspanServer;
import dev.linkspan.cli.client.AccessKey;
import dev.linkspan.cli.client.Answer;
import dev.linkspan.cli.client.Caller;
import dev.linkspan.cli.client.Endpoint;
import dev.linkspan.cli.client.Json;
import dev.linkspan.cli.client.LinkspanClient;
import java.net.URI;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** An account of the load, with what must be there of its Nets, their tags, and its access keys. */
final class Tenant {

    static final String THERE = "there";
    static final String GONE = "gone";
    static final String TAG = "crash";

    final String id;
    final Possible nets = new Possible();
    final Possible tags = new Possible();
    final Possible keys = new Possible();
    /** Ranges of Nets whose creation was not answered. */
    final Set<String> rangesInDoubt = new HashSet<>();

    final Map<String, AccessKey> secrets = new HashMap<>();
    int keysInDoubt;

    private final AccessKey first;
    private Caller caller = (name, _) -> {
        throw new IllegalStateException("no server to ask for " + name);
    };

    Tenant(String id, AccessKey first) {
        this.id = id;
        this.first = first;
    }

    void meet(URI server) {
        caller = with(server, first);
    }

    private static Caller with(URI server, AccessKey key) {
        return new LinkspanClient(new Endpoint(server)).asAccount(key, LinkspanServer.REGION);
    }

    Answer call(String name, Object... namesAndValues) {
        return caller.call(name, namesAndValues);
    }

    Answer ask(String name, Object... namesAndValues) {
        return caller.ask(name, namesAndValues);
    }

    /** Keeps the key in this answer, and answers its id. */
    String keep(Answer created) {
        String key = created.text("AccessKey", "AccessKeyId");
        secrets.put(key, new AccessKey(key, created.text("AccessKey", "SecretKey")));
        keys.became(key, THERE);
        return key;
    }

    /** What the server says this account has. */
    record Seen(Map<String, String> rangeByNet, Map<String, String> tagByNet, Set<String> keys) {}

    Seen look() {
        Map<String, String> ranges = new HashMap<>();
        caller.ask("ReadNets").list("Nets").forEach(net -> ranges.put(text(net, "NetId"), text(net, "IpRange")));
        Map<String, String> tags = new HashMap<>();
        caller.ask("ReadTags", "Filters", Json.object("Keys", new String[] {TAG}))
                .list("Tags")
                .forEach(tag -> tags.put(text(tag, "ResourceId"), text(tag, "Value")));
        Set<String> keys = new HashSet<>();
        caller.ask("ReadAccessKeys").list("AccessKeys").forEach(key -> keys.add(text(key, "AccessKeyId")));
        keys.remove(first.id());
        return new Seen(ranges, tags, keys);
    }

    /** Compares what must be there with what is, and knows it from then on. */
    void compare(Seen seen) {
        for (String net : nets.things()) {
            boolean there = seen.rangeByNet().containsKey(net);
            nets.found(net, there ? THERE : GONE);
            if (there) {
                tags.found(net, seen.tagByNet().getOrDefault(net, ""));
            } else {
                forget(net);
            }
        }
        seen.rangeByNet().forEach((net, range) -> {
            if (!nets.knows(net)) {
                assertThat(rangesInDoubt).as("the ranges that %s may have", net).contains(range);
                made(net);
            }
        });
        rangesInDoubt.clear();
        compareKeys(seen.keys());
    }

    private void compareKeys(Set<String> seen) {
        for (String key : keys.things()) {
            keys.found(key, seen.contains(key) ? THERE : GONE);
            if (!seen.contains(key)) {
                keys.forget(key);
                secrets.remove(key);
            }
        }
        Set<String> surprising = new HashSet<>(seen);
        surprising.removeAll(keys.things());
        assertThat(surprising).as("keys that nobody asked for").hasSizeLessThanOrEqualTo(keysInDoubt);
        surprising.forEach(key -> keys.became(key, THERE));
        keysInDoubt = 0;
    }

    /** Signs with each key whose secret is known: the server must still be able to read it. */
    void signWithEveryKey(URI server) {
        keys.with(THERE).stream()
                .filter(secrets::containsKey)
                .forEach(key -> with(server, secrets.get(key)).ask("ReadNets", "DryRun", true));
    }

    void made(String net) {
        nets.became(net, THERE);
        tags.became(net, "");
    }

    void forget(String net) {
        nets.forget(net);
        tags.forget(net);
    }

    private static String text(JsonNode node, String name) {
        return node.path(name).asString("");
    }
}
