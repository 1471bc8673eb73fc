package dev.linkspan.server.host;

import dev.linkspan.core.event.Origin;
import dev.linkspan.core.host.HostReport;
import dev.linkspan.core.id.HostId;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.operation.Hosts;
import dev.linkspan.core.port.Store;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.server.api.AccessRecord;
import dev.linkspan.server.api.ApiRequest;
import dev.linkspan.server.api.ApiResponse;
import dev.linkspan.server.api.Endpoint;
import dev.linkspan.server.api.call.Answering;
import dev.linkspan.server.api.json.StrictJson;
import dev.linkspan.server.api.oapi.OapiErrors;
import dev.linkspan.server.host.protocol.HostTask;
import dev.linkspan.server.host.protocol.LinkReport;
import dev.linkspan.server.host.protocol.LinkState;
import dev.linkspan.server.host.protocol.SyncAnswer;
import dev.linkspan.server.host.protocol.SyncRequest;
import dev.linkspan.server.host.protocol.TaskOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The one call of hosts' agents. It tells the server that the host is alive and how it is, and is answered with the machines
 * that the host must have: at once where the agent knows others, or there is something to do; else when there is, or when
 * the agent has waited as long as it wants.
 */
public final class AgentEndpoint implements Endpoint {

    /** Where agents call. */
    public static final String PATH = "/linkspan/v1/agent/Sync";

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);
    private static final int LONGEST_VERSION = 100;
    private static final int MOST_CAPACITY = 1_000_000;
    private static final AccessRecord ACCESS = AccessRecord.on("agent", "Sync");

    private final Store store;
    private final Hosts hosts;
    private final HostTasks tasks;
    private final HostTokens tokens;
    private volatile boolean stopping;

    /** @param regions in which hosts may be */
    public AgentEndpoint(Store store, List<RegionName> regions, Hosts hosts, HostTasks tasks) {
        this.store = store;
        this.hosts = hosts;
        this.tasks = tasks;
        this.tokens = new HostTokens(store, List.copyOf(regions));
    }

    /** Agents that wait are answered at once, from now on. */
    public void stopWaiting() {
        stopping = true;
        tasks.wakeAll();
    }

    /** Whether the request comes from an agent, with a token that a host has. */
    public boolean knows(ApiRequest head) {
        return head.plainPath().equals(PATH) && tokens.find(head).isPresent();
    }

    @Override
    public ApiResponse answer(ApiRequest request) {
        return Answering.of(request, ACCESS, OapiErrors.WORDS, answering -> {
            if (!request.method().equals("POST")) {
                throw new Refusal(RefusalCode.UNKNOWN_CALL, "Agents call with POST %s.", PATH);
            }
            HostTokens.Bearer bearer = tokens.find(request)
                    .orElseThrow(
                            () -> new Refusal(
                                    RefusalCode.NOT_SIGNED,
                                    "Agents need the header 'Authorization: Bearer <token>', with the token of a host that is there."));
            answering.note(answering.access().byHost(bearer.host().id()));
            SyncRequest told = StrictJson.readKnown(request.body(), SyncRequest.class);
            return ApiResponse.json(200, StrictJson.bytes(synchronize(bearer, told, request.id())), answering.access());
        });
    }

    @Override
    public ApiResponse refuse(ApiRequest request, Refusal refusal) {
        return OapiErrors.WORDS.refused(request.id(), ACCESS, refusal);
    }

    private SyncAnswer synchronize(HostTokens.Bearer bearer, SyncRequest told, String requestId) {
        requirePossible(told);
        HostId host = bearer.host().id();
        HostPost post = tasks.post(host);
        HostPost.Visit visit = post.enter(told.boot());
        post.bring(told.results());
        writeDown(bearer, told, new Origin(host.value(), requestId));
        try {
            return awaited(bearer.region(), host, told, visit);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new Refusal(RefusalCode.UNAVAILABLE, "The server is stopping.");
        }
    }

    private static void requirePossible(SyncRequest told) {
        if (told.capacity() < 0 || told.capacity() > MOST_CAPACITY) {
            throw Refusal.badValue("Capacity", told.capacity(), "a number within 0 to %d is expected", MOST_CAPACITY);
        }
        if (told.load() < 0) {
            throw Refusal.badValue("Load", told.load(), "no number below 0 is expected");
        }
        if (told.version().length() > LONGEST_VERSION) {
            throw Refusal.badValue("Version", told.version(), "%d characters are expected at most", LONGEST_VERSION);
        }
    }

    /** A host that says the same as a moment ago changes nothing: the others of the Region need not wait for that. */
    private void writeDown(HostTokens.Bearer bearer, SyncRequest told, Origin origin) {
        boolean news =
                store.read(bearer.region(), snapshot -> hosts.isNews(bearer.host(), report(told, snapshot.now())));
        if (news) {
            store.change(bearer.region(), origin, unit -> {
                hosts.heard(unit, bearer.host().id(), report(told, unit.now()));
                return unit.now();
            });
        }
    }

    private static HostReport report(SyncRequest told, Instant now) {
        long missing = told.links().stream()
                .map(LinkReport::parsed)
                .filter(LinkState.MISSING::equals)
                .count();
        int load = (int) Math.min(Math.round(told.load() * 100), Integer.MAX_VALUE);
        return new HostReport(now, told.version(), told.capacity(), load, Math.toIntExact(missing));
    }

    private SyncAnswer awaited(RegionName region, HostId host, SyncRequest told, HostPost.Visit visit)
            throws InterruptedException {
        Duration wait = Duration.ofMillis(Math.clamp(told.waitMillis(), 0, LONGEST_WAIT.toMillis()));
        long deadline = System.nanoTime() + wait.toNanos();
        while (true) {
            visit.listen();
            HostMachines machines = look(region, host);
            Duration left = Duration.ofNanos(deadline - System.nanoTime());
            boolean news = machines.revision() != told.known() || visit.hasNewTask();
            if (news || !left.isPositive() || stopping || visit.isOver()) {
                return answer(host, told.known(), machines, visit.take());
            }
            awaitNews(region, machines.sequence(), visit, left);
        }
    }

    private HostMachines look(RegionName region, HostId host) {
        HostPost post = tasks.post(host);
        Optional<HostMachines> before = post.lastSeen();
        HostMachines seen = store.read(region, snapshot -> HostMachines.of(snapshot, host, before));
        post.saw(seen);
        return seen;
    }

    private static SyncAnswer answer(HostId host, long known, HostMachines machines, List<HostTask> todo) {
        return new SyncAnswer(
                host.value(),
                machines.revision(),
                machines.revision() == known ? Optional.empty() : Optional.of(machines.machines()),
                todo.stream().map(TaskOrder::of).toList());
    }

    /** Waits for a task or an event, whichever comes first: a thread that costs next to nothing waits for the event. */
    private void awaitNews(RegionName region, long sequence, HostPost.Visit visit, Duration left)
            throws InterruptedException {
        Thread follower = Thread.ofVirtual().name("agent-wait").start(() -> {
            try {
                if (store.awaitEventAfter(region, sequence, left)) {
                    visit.ring();
                }
            } catch (InterruptedException over) {
                Thread.currentThread().interrupt();
            }
        });
        try {
            visit.await(left);
        } finally {
            follower.interrupt();
        }
    }
}
