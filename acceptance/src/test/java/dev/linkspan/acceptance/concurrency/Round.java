package dev.linkspan.acceptance.concurrency;

import dev.linkspan.acceptance.concurrency.World.Limits;
import dev.linkspan.acceptance.concurrency.World.OwnedNet;
import dev.linkspan.cli.client.Caller;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;

/** Three accounts with new Nets, and many clients that call at the same time in their names. */
final class Round {

    /**
     * How much is done at once.
     *
     * @param calls by all clients together
     * @param limits of each account
     * @param kills how often a server is killed meanwhile
     */
    record Size(int clients, int calls, Limits limits, int kills) {}

    private final Cluster cluster;
    private final Size size;
    private final List<Cluster.Tenant> tenants = new ArrayList<>();
    private final World world;
    private final List<Calls.Pair> pairs;
    private final AtomicInteger begun = new AtomicInteger();

    Round(Cluster cluster, Size size) {
        this.cluster = cluster;
        this.size = size;
        for (int i = 0; i < 3; i++) {
            tenants.add(cluster.newTenant());
        }
        Map<String, Limits> limits = new HashMap<>();
        tenants.forEach(tenant -> limits.put(tenant.id(), limited(tenant)));
        OwnedNet hub = net(0, "10.0.0.0/16");
        OwnedNet ownOther = net(0, "10.1.0.0/16");
        OwnedNet second = net(1, "10.2.0.0/16");
        OwnedNet third = net(2, "10.3.0.0/16");
        OwnedNet inside = net(2, "10.0.128.0/20");
        this.world = World.of(List.of(hub, ownOther, second, third, inside), limits);
        this.pairs = List.of(
                pair(hub, second), pair(hub, third), pair(hub, ownOther), pair(second, third), pair(hub, inside));
    }

    private Limits limited(Cluster.Tenant tenant) {
        Caller operator = cluster.operator(0);
        Map.of(
                        "active-peerings-per-net", size.limits().activePerNet(),
                        "outstanding-peering-requests", size.limits().outstanding())
                .forEach((name, limit) ->
                        operator.ask("UpdateQuota", "AccountId", tenant.id(), "Name", name, "MaxValue", limit));
        return size.limits();
    }

    private OwnedNet net(int tenant, String range) {
        Cluster.Tenant owner = tenants.get(tenant);
        String id = cluster.account(owner.key(), 0)
                .ask("CreateNet", "IpRange", range)
                .text("Net", "NetId");
        return new OwnedNet(id, range, owner.id());
    }

    private static Calls.Pair pair(OwnedNet one, OwnedNet other) {
        return new Calls.Pair(one.id(), other.id());
    }

    /** Lets them loose on Nets without peerings. */
    History run(long seed) throws InterruptedException, ExecutionException {
        return run(seed, List.of());
    }

    /** Lets them loose on requests that expire one by one meanwhile, by a clock that nobody moves. */
    History runOverExpiries(long seed) throws InterruptedException, ExecutionException {
        List<Peering> requests = Expiries.request(cluster, fitting(), net -> caller(world.owner(net), 0), world::owner);
        History history = run(seed, requests);
        Map<String, Instant> births = cluster.log().births();
        List<Recorded<Operation>> all = Stream.concat(
                        history.operations().stream(), Expiries.operations(requests).stream())
                .sorted(History.BY_INVOCATION)
                .toList();
        return new History(world.with(requests, births), history.start(), all);
    }

    /** Whether some of these requests still have to expire, by the real time. */
    private static boolean isToExpire(List<Peering> requests) {
        Instant now = Instant.now();
        return requests.stream().anyMatch(request -> now.isBefore(request.expiry()));
    }

    /** Those whose ranges do not overlap. */
    private List<Calls.Pair> fitting() {
        return pairs.stream()
                .filter(pair -> !Ranges.overlap(
                        world.net(pair.one()).range(), world.net(pair.other()).range()))
                .toList();
    }

    /** When all are done, every account reads everything once more. */
    private History run(long seed, List<Peering> before) throws InterruptedException, ExecutionException {
        Instant start = before.isEmpty() ? cluster.now() : Expiries.beginning(before);
        Knowledge knowledge = new Knowledge(start);
        before.forEach(peering -> knowledge.learn(new Outcome.Shown(peering.seen())));
        List<Client> clients = new ArrayList<>();
        List<Future<?>> running = new ArrayList<>();
        CountDownLatch go = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < size.clients(); i++) {
                Client client = Client.of(i, world, callers(i, new Random(37 * seed + i)));
                Calls calls = new Calls(world, pairs, knowledge, new Random(31 * seed + i), cluster.clockStands());
                clients.add(client);
                running.add(threads.submit(() -> {
                    go.await();
                    for (int call = 0; call < size.calls() / size.clients() || isToExpire(before); call++) {
                        makeOne(client, calls);
                    }
                    return client;
                }));
            }
            go.countDown();
            for (Future<?> client : running) {
                client.get();
            }
        }
        Client last = clients.getFirst();
        world.accounts().forEach(account -> last.make(new Calls.Plan(account, Call.Read.everything())));
        List<Recorded<Operation>> all =
                clients.stream().flatMap(client -> client.record().stream()).toList();
        return new History(
                world.with(before, Map.of()),
                start,
                all.stream().sorted(History.BY_INVOCATION).toList());
    }

    /** Whoever makes the call whose turn it is kills a server before. */
    private void makeOne(Client client, Calls calls) {
        int turn = begun.getAndIncrement();
        if (size.kills() > 0 && turn > 0 && turn % (size.calls() / (size.kills() + 1)) == 0) {
            cluster.killAndStartAgain(turn);
        }
        Outcome outcome = client.make(calls.next());
        calls.knowledge().learn(outcome);
        if (outcome instanceof Outcome.Indeterminate) {
            cluster.awaitServing();
        }
    }

    /** Most clients stay with one server; every fourth goes to any, call by call. */
    private Function<String, Caller> callers(int client, Random random) {
        return client % 4 == 3
                ? account -> caller(account, random.nextInt(cluster.size()))
                : account -> caller(account, client);
    }

    private Caller caller(String account, int server) {
        return tenants.stream()
                .filter(tenant -> tenant.id().equals(account))
                .findFirst()
                .map(tenant -> cluster.account(tenant.key(), server))
                .orElseGet(() -> cluster.operator(server));
    }
}
