package dev.linkspan.cli.demo;

import static dev.linkspan.cli.demo.Scene.ping;
import static dev.linkspan.cli.demo.Scene.tcp;

import dev.linkspan.cli.client.Answer;
import dev.linkspan.cli.client.Caller;
import dev.linkspan.cli.demo.Story.Made;
import dev.linkspan.cli.wire.LastingConnection;
import dev.linkspan.cli.wire.Machine;
import dev.linkspan.cli.wire.Probes.Flow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** What the story tells of the hosts: how they join, what is placed on them, and what their failures do. */
record Hosts(Story story, HostedStage stage) {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final String REACHABLE = "reachable";
    private static final String UNREACHABLE = "unreachable";

    /** A host is silent for five seconds before it is said to be; the rest is for a busy computer. */
    private static final Duration NOTICED = Duration.ofSeconds(8);

    void join() {
        story.step(
                "The operator makes %d hosts; on each, an agent starts with its token"
                        .formatted(stage.hosts().size()),
                "the server hears of every host",
                scene -> {
                    for (DemoHost host : stage.hosts()) {
                        host.keep(
                                scene.operate("CreateHost", "HostName", host.name(), "SubregionName", host.subregion())
                                        .text("Token"));
                        host.startAgent(stage.url());
                    }
                    List<JsonNode> seen = await(hosts -> hosts.stream().allMatch(host -> is(host, REACHABLE)));
                    return scene.seen(states(seen), seen.stream().allMatch(host -> is(host, REACHABLE)));
                });
    }

    /** Where the machines are; they must be on as many hosts as there can be. */
    void placed(Site... sites) {
        story.step(
                "Where are the machines?",
                "each is on a host of its Subregion, spread over the hosts; tenants are not told",
                scene -> {
                    List<String> found = new ArrayList<>();
                    Set<String> used = new HashSet<>();
                    boolean right = true;
                    for (Site site : sites) {
                        for (int i = 0; i < site.machines().size(); i++) {
                            Machine machine = site.machines().get(i);
                            JsonNode host = hostOf(machine);
                            String name = host.path("HostName").asString("none");
                            found.add(machine.name() + " on " + name);
                            used.add(name);
                            right &= host.path("SubregionName").asString("").equals(Cast.SUBREGIONS.get(i));
                        }
                    }
                    int most = Math.min(stage.hosts().size(), found.size());
                    return scene.seen(String.join(", ", found), right && used.size() == most);
                });
    }

    private JsonNode hostOf(Machine machine) {
        return read().stream()
                .filter(host -> host.path("VmIds")
                        .valueStream()
                        .anyMatch(vm -> vm.asString().equals(machine.id())))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(machine.name() + " is on no host"));
    }

    /** A packet that a tenant has the API send: the server asks the agent of whichever host the machine is on. */
    void probe(Site from, Site to) {
        story.step(
                "Shop has the API send a packet from a machine of its own to Pay",
                "the agent of the machine's host sends it, and it is answered",
                scene -> {
                    Answer answer = stage.server()
                            .client()
                            .asAccountOwn(from.owner().key(), Cast.REGION)
                            .ask(
                                    "SendProbe",
                                    "FromVmId",
                                    from.a().id(),
                                    "To",
                                    to.b().address(),
                                    "Protocol",
                                    "icmp");
                    return scene.seen(
                            answer.text("Detail"), answer.at("Answered").asBoolean());
                });
    }

    /** A host loses its agent and OVN's controller, and gets them back. */
    void hostFails(Site shop, Site pay) {
        DemoHost host = hostCalled(hostOf(shop.a()).path("HostName").asString());
        try (LastingConnection connection = killed(host, shop, pay)) {
            story.step(
                    "The server notices",
                    "after five seconds of silence %s is unreachable; nothing else is different".formatted(host.name()),
                    scene -> {
                        long began = System.nanoTime();
                        List<JsonNode> seen =
                                await(hosts -> hosts.stream().anyMatch(it -> named(it, host, UNREACHABLE)));
                        Duration taken = Duration.ofNanos(System.nanoTime() - began);
                        String text = String.format(
                                Locale.ROOT, "%s, seen after %.1f s", states(seen), taken.toMillis() / 1000.0);
                        return scene.seen(text, onlyUnreachable(seen, host) && taken.compareTo(NOTICED) < 0)
                                .and(scene.echoes(connection));
                    });
            story.step(
                    "Both start again on " + host.name(),
                    "it is reachable again; its machines were never disturbed",
                    scene -> {
                        host.startController();
                        host.startAgent(stage.url());
                        List<JsonNode> seen = await(hosts -> hosts.stream().allMatch(it -> is(it, REACHABLE)));
                        return scene.seen(states(seen), seen.stream().allMatch(it -> is(it, REACHABLE)))
                                .and(scene.echoes(connection))
                                .and(scene.heard(flows(shop, pay)));
                    });
        }
    }

    private LastingConnection killed(DemoHost host, Site shop, Site pay) {
        return story.make(
                "On %s, the agent and OVN's controller are killed (-9)".formatted(host.name()),
                "the packets of its machines go on, and so does a TCP connection",
                scene -> {
                    LastingConnection connection = scene.connect(shop.a(), pay.b());
                    Observation before = scene.echoes(connection);
                    host.killAgentAndController();
                    return new Made<>(
                            connection, before.and(scene.echoes(connection)).and(scene.heardAsItIs(flows(shop, pay))));
                });
    }

    /** Also over the host that fails, and between others. */
    private static Flow[] flows(Site shop, Site pay) {
        return new Flow[] {ping(shop.a(), pay.b()), tcp(pay.a(), shop.a()), ping(shop.b(), pay.b())};
    }

    /** OVN loses its database, and a peering is deleted before it is back. */
    void databaseFails(Site shop, Site pay, String peering) {
        try (LastingConnection connection = databaseKilled(shop, pay)) {
            story.step(
                    "Pay deletes the peering meanwhile, and the database starts again",
                    "the answer did not wait; now the connection is cut, and nothing new gets through",
                    scene -> {
                        scene.call(pay.owner(), "DeleteNetPeering", "NetPeeringId", peering);
                        stage.central().startNorthbound();
                        return scene.cut(connection).and(scene.silent(ping(shop.a(), pay.a()), tcp(pay.b(), shop.b())));
                    });
        }
    }

    private LastingConnection databaseKilled(Site shop, Site pay) {
        return story.make(
                "The server of OVN's northbound database is killed (-9)",
                "the packets of all machines go on",
                scene -> {
                    LastingConnection connection = scene.connect(shop.a(), pay.a());
                    Observation before = scene.echoes(connection);
                    stage.central().killNorthbound();
                    return new Made<>(
                            connection, before.and(scene.echoes(connection)).and(scene.heardAsItIs(flows(shop, pay))));
                });
    }

    private DemoHost hostCalled(String name) {
        return stage.hosts().stream()
                .filter(host -> host.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private List<JsonNode> read() {
        Caller operator = stage.server().operator();
        Answer answer = operator.ask("ReadHosts");
        return answer.list("Hosts");
    }

    /** The hosts as soon as they are like this; as they are in the end where they do not become so. */
    private List<JsonNode> await(Predicate<List<JsonNode>> wanted) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        List<JsonNode> hosts = read();
        while (!wanted.test(hosts) && System.nanoTime() < deadline) {
            LockSupport.parkNanos(PAUSE.toNanos());
            hosts = read();
        }
        return hosts;
    }

    private static boolean is(JsonNode host, String state) {
        return host.path("State").asString().equals(state);
    }

    private static boolean named(JsonNode it, DemoHost host, String state) {
        return it.path("HostName").asString().equals(host.name()) && is(it, state);
    }

    private static boolean onlyUnreachable(List<JsonNode> hosts, DemoHost only) {
        return hosts.stream()
                .allMatch(host -> named(host, only, UNREACHABLE)
                        || (is(host, REACHABLE)
                                && !host.path("HostName").asString().equals(only.name())));
    }

    private static String states(List<JsonNode> hosts) {
        return String.join(
                ", ",
                hosts.stream()
                        .map(host -> "%s in %s is %s"
                                .formatted(
                                        host.path("HostName").asString(),
                                        host.path("SubregionName").asString(),
                                        host.path("State").asString()))
                        .sorted()
                        .toList());
    }
}
