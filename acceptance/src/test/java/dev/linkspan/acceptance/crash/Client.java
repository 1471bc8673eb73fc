package dev.linkspan.acceptance.crash;

import static dev.linkspan.acceptance.crash.Tenant.GONE;
import static dev.linkspan.acceptance.crash.Tenant.THERE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.cli.client.Answer;
import dev.linkspan.cli.client.CallRefused;
import dev.linkspan.cli.client.Json;
import dev.linkspan.cli.client.ServerUnreachable;
import dev.linkspan.core.event.EventType;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * One client of the load: two tenants whose Nets and peerings nobody else changes, so that it knows what each must be. It
 * makes one call after the other, drawn by chance.
 */
final class Client {

    private static final String PENDING = "pending-acceptance";
    private static final String ACTIVE = "active";
    private static final int MOST_NETS = 8;
    private static final int MOST_KEYS = 4;
    private static final int FIRST_REFUSAL = 400;
    private static final int FIRST_FAILURE = 500;
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(50);

    /** The two Nets of a peering. */
    private record Ends(String source, String accepter) {}

    private final Ledger ledger;
    private final Tenant requester;
    private final Tenant accepter;
    private final Random random;
    private final Possible peerings = new Possible();
    private final Map<String, Ends> ends = new HashMap<>();
    /** The Nets of requests that were not answered. */
    private final Set<Ends> endsInDoubt = new HashSet<>();

    private int ranges;
    private int tagValues;
    private URI server = URI.create("");
    private Duration longestCall = Duration.ZERO;

    Client(Ledger ledger, Tenant requester, Tenant accepter, long seed) {
        this.ledger = ledger;
        this.requester = requester;
        this.accepter = accepter;
        this.random = new Random(seed);
    }

    void meet(URI met) {
        server = met;
        requester.meet(server);
        accepter.meet(server);
        longestCall = Duration.ZERO;
    }

    URI server() {
        return server;
    }

    /** How long it has waited for any answer, also one that did not come, since it met its server. */
    Duration longestCall() {
        return longestCall;
    }

    /** Makes one change, or tries a forbidden one; false where nobody knows what became of it. */
    boolean step() {
        int chance = random.nextInt(100);
        if (chance < 20) {
            return makeOrRemoveNet();
        } else if (chance < 40) {
            return request();
        } else if (chance < 54) {
            return answer("AcceptNetPeering", EventType.NET_PEERING_ACCEPTED, ACTIVE);
        } else if (chance < 60) {
            return answer("RejectNetPeering", EventType.NET_PEERING_REJECTED, "rejected");
        } else if (chance < 76) {
            return end();
        } else if (chance < 88) {
            return tag();
        } else if (chance < 93) {
            return makeOrRemoveKey();
        }
        return tryWhatIsForbidden();
    }

    private Tenant either() {
        return random.nextBoolean() ? requester : accepter;
    }

    private Optional<String> any(Collection<String> things) {
        return things.isEmpty()
                ? Optional.empty()
                : Optional.of(List.copyOf(things).get(random.nextInt(things.size())));
    }

    /** What may be connected: a second request for the same Nets would be answered with the first one (P9). */
    private Set<Ends> connected() {
        Set<Ends> connected = new HashSet<>(endsInDoubt);
        peerings.things().forEach(peering -> connected.add(ends.get(peering)));
        return connected;
    }

    private boolean makeOrRemoveNet() {
        Tenant owner = either();
        if (random.nextInt(MOST_NETS) >= owner.nets.things().size()) {
            return makeNet(owner);
        }
        List<String> free = new ArrayList<>(owner.nets.with(THERE));
        connected().forEach(pair -> free.removeAll(List.of(pair.source(), pair.accepter())));
        Optional<String> net = any(free);
        return net.isEmpty() ? makeNet(owner) : removeNet(owner, net.get());
    }

    private boolean makeNet(Tenant owner) {
        ranges++;
        String range = "%d.%d.%d.0/24".formatted(owner == requester ? 10 : 11, ranges / 256 % 256, ranges % 256);
        Optional<String> made = change(
                owner, EventType.NET_CREATED, "", answer -> answer.text("Net", "NetId"), "CreateNet", "IpRange", range);
        made.ifPresentOrElse(owner::made, () -> owner.rangesInDoubt.add(range));
        return made.isPresent();
    }

    private boolean removeNet(Tenant owner, String net) {
        if (changed(owner, EventType.NET_DELETED, net, "DeleteNet", "NetId", net)) {
            owner.forget(net);
            return true;
        }
        owner.nets.mayBe(net, GONE);
        return false;
    }

    private boolean request() {
        Optional<String> source = any(requester.nets.with(THERE));
        Optional<String> target = any(accepter.nets.with(THERE));
        if (source.isEmpty() || target.isEmpty()) {
            return makeNet(source.isEmpty() ? requester : accepter);
        }
        Ends pair = new Ends(source.get(), target.get());
        if (connected().contains(pair)) {
            return tag();
        }
        Optional<String> made = change(
                requester,
                EventType.NET_PEERING_REQUESTED,
                "",
                answer -> answer.text("NetPeering", "NetPeeringId"),
                "CreateNetPeering",
                "SourceNetId",
                pair.source(),
                "AccepterNetId",
                pair.accepter(),
                "AccepterOwnerId",
                accepter.id);
        made.ifPresentOrElse(peering -> requested(peering, pair, PENDING), () -> endsInDoubt.add(pair));
        return made.isPresent();
    }

    private void requested(String peering, Ends pair, String state) {
        peerings.became(peering, state);
        ends.put(peering, pair);
    }

    private boolean answer(String call, EventType event, String state) {
        Optional<String> peering = any(peerings.with(PENDING));
        return peering.isEmpty() ? request() : transition(accepter, call, event, peering.get(), state);
    }

    private boolean end() {
        List<String> active = peerings.with(ACTIVE);
        Optional<String> peering = any(active.isEmpty() ? peerings.with(PENDING) : active);
        if (peering.isEmpty()) {
            return request();
        }
        Tenant by = active.isEmpty() ? requester : either();
        return transition(by, "DeleteNetPeering", EventType.NET_PEERING_DELETED, peering.get(), "deleted");
    }

    private boolean transition(Tenant by, String call, EventType event, String peering, String state) {
        if (!changed(by, event, peering, call, "NetPeeringId", peering)) {
            peerings.mayBe(peering, state);
            return false;
        }
        if (state.equals(ACTIVE)) {
            peerings.became(peering, state);
        } else {
            forget(peering);
        }
        return true;
    }

    private void forget(String peering) {
        peerings.forget(peering);
        ends.remove(peering);
    }

    private boolean tag() {
        Tenant owner = either();
        Optional<String> net = any(owner.nets.with(THERE));
        if (net.isEmpty()) {
            return makeNet(owner);
        }
        tagValues++;
        String value = Integer.toString(tagValues);
        if (changed(
                owner,
                EventType.TAGS_CHANGED,
                net.get(),
                "CreateTags",
                "ResourceIds",
                net.stream().toList(),
                "Tags",
                List.of(Json.object("Key", Tenant.TAG, "Value", value)))) {
            owner.tags.became(net.get(), value);
            return true;
        }
        owner.tags.mayBe(net.get(), value);
        return false;
    }

    private boolean makeOrRemoveKey() {
        Tenant owner = either();
        List<String> keys = owner.keys.with(THERE);
        if (random.nextInt(MOST_KEYS) >= keys.size()) {
            Optional<String> made = change(owner, EventType.ACCESS_KEY_CREATED, "", owner::keep, "CreateAccessKey");
            owner.keysInDoubt += made.isPresent() ? 0 : 1;
            return made.isPresent();
        }
        String key = keys.getFirst();
        if (changed(owner, EventType.ACCESS_KEY_DELETED, key, "DeleteAccessKey", "AccessKeyId", key)) {
            owner.keys.forget(key);
            return true;
        }
        owner.keys.mayBe(key, GONE);
        return false;
    }

    /** Removing a Net that an active peering connects (L8), which must leave no event. */
    private boolean tryWhatIsForbidden() {
        Optional<String> peering = any(peerings.with(ACTIVE));
        if (peering.isEmpty()) {
            return answer("AcceptNetPeering", EventType.NET_PEERING_ACCEPTED, ACTIVE);
        }
        String net = ends.get(peering.get()).source();
        Optional<Answer> answer = ask(requester, "DeleteNet", "NetId", net);
        answer.ifPresent(refusal -> {
            assertThat(refusal.status())
                    .as("removing a connected Net: %s", refusal)
                    .isGreaterThanOrEqualTo(FIRST_REFUSAL);
            ledger.refused(requestId(refusal));
        });
        return answer.isPresent();
    }

    private boolean changed(Tenant by, EventType type, String subject, String call, Object... arguments) {
        return change(by, type, subject, _ -> subject, call, arguments).isPresent();
    }

    /** The id of what was changed; empty where nobody knows whether it was. */
    private Optional<String> change(
            Tenant by, EventType type, String subject, Function<Answer, String> id, String call, Object... arguments) {
        Optional<Answer> answer = ask(by, call, arguments);
        if (answer.isEmpty()) {
            ledger.unknown(new Attempt(by.id, type, subject));
            return Optional.empty();
        }
        assertThat(answer.get().status())
                .as("%s %s: %s", call, List.of(arguments), answer)
                .isLessThan(FIRST_REFUSAL);
        String changed = id.apply(answer.get());
        ledger.acknowledged(requestId(answer.get()), new Attempt(by.id, type, changed));
        return Optional.of(changed);
    }

    private Optional<Answer> ask(Tenant by, String call, Object... arguments) {
        long begun = System.nanoTime();
        try {
            return Optional.of(by.call(call, arguments)).filter(it -> it.status() < FIRST_FAILURE);
        } catch (ServerUnreachable gone) {
            return Optional.empty();
        } finally {
            Duration taken = Duration.ofNanos(System.nanoTime() - begun);
            longestCall = taken.compareTo(longestCall) > 0 ? taken : longestCall;
        }
    }

    private static String requestId(Answer answer) {
        return answer.text("ResponseContext", "RequestId");
    }

    /** Compares all that this client knows with what the server says; from then on nothing is in doubt. */
    void settle() {
        Tenant.Seen ofRequester = requester.look();
        Tenant.Seen ofAccepter = accepter.look();
        Map<String, JsonNode> known = read("NetPeeringIds", peerings.things());
        Map<String, JsonNode> live = read("StateNames", Set.of(PENDING, ACTIVE));
        requester.compare(ofRequester);
        accepter.compare(ofAccepter);
        for (String peering : peerings.things()) {
            assertThat(known).as("peerings that can be read").containsKey(peering);
            peerings.found(peering, stateOf(known.get(peering)));
            if (!live.containsKey(peering)) {
                forget(peering);
            }
        }
        live.forEach((peering, shown) -> {
            if (!peerings.knows(peering)) {
                Ends pair = new Ends(netOf(shown, "SourceNet"), netOf(shown, "AccepterNet"));
                assertThat(endsInDoubt)
                        .as("the Nets that %s may connect", peering)
                        .contains(pair);
                requested(peering, pair, stateOf(shown));
            }
        });
        endsInDoubt.clear();
    }

    /** Settles as soon as the server answers again. */
    void settleWithin(Duration patience) {
        Instant deadline = Instant.now().plus(patience);
        while (true) {
            try {
                settle();
                return;
            } catch (ServerUnreachable | CallRefused notYet) {
                assertThat(Instant.now())
                        .as("no answer in %s: %s", patience, notYet.getMessage())
                        .isBefore(deadline);
                LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
            }
        }
    }

    void signWithEveryKey() {
        requester.signWithEveryKey(server);
        accepter.signWithEveryKey(server);
    }

    private Map<String, JsonNode> read(String filter, Set<String> values) {
        Map<String, JsonNode> found = new HashMap<>();
        requester
                .ask("ReadNetPeerings", "Filters", Json.object(filter, values))
                .list("NetPeerings")
                .forEach(peering -> found.put(peering.path("NetPeeringId").asString(""), peering));
        return found;
    }

    private static String stateOf(JsonNode peering) {
        return peering.path("State").path("Name").asString("");
    }

    private static String netOf(JsonNode peering, String side) {
        return peering.path(side).path("NetId").asString("");
    }
}
