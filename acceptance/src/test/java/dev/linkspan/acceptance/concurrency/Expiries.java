package dev.linkspan.acceptance.concurrency;

import dev.linkspan.acceptance.concurrency.Outcome.Indeterminate;
import dev.linkspan.cli.client.Answer;
import dev.linkspan.cli.client.Caller;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Requests that expire by the real time while a round is under way. */
final class Expiries {

    private static final Duration A_MOMENT = Duration.ofMillis(300);

    /** The clock of histories and that of the database are read one after the other, and the latter shows milliseconds. */
    private static final Duration INACCURACY = Duration.ofMillis(3);

    private static final int NOBODY = -1;

    private Expiries() {}

    /**
     * Asks for a peering each way between the Nets of each pair whose ranges do not overlap, one after the other, and sets
     * the database back so far that the first of them is about to expire.
     *
     * @param asOwner how the owner of a Net calls
     */
    static List<Peering> request(
            Cluster cluster, List<Calls.Pair> pairs, Function<String, Caller> asOwner, UnaryOperator<String> owner) {
        List<Peering> asked = new ArrayList<>();
        for (Calls.Pair pair : pairs) {
            asked.add(requested(asOwner.apply(pair.one()), pair.one(), pair.other(), owner.apply(pair.other())));
            asked.add(requested(asOwner.apply(pair.other()), pair.other(), pair.one(), owner.apply(pair.one())));
        }
        Duration passing =
                Duration.between(cluster.now().plus(A_MOMENT), asked.getFirst().expiry());
        cluster.letPass(passing);
        return asked.stream().map(peering -> earlier(peering, passing)).toList();
    }

    private static Peering requested(Caller caller, String source, String accepter, String owner) {
        Answer answer = caller.ask(
                "CreateNetPeering", "SourceNetId", source, "AccepterNetId", accepter, "AccepterOwnerId", owner);
        Instant birth =
                Instant.parse(answer.text("NetPeering", "ExpirationDate")).minus(Peering.TIME_TO_ANSWER);
        return new Peering(
                answer.text("NetPeering", "NetPeeringId"),
                source,
                accepter,
                birth,
                Peering.State.PENDING,
                birth,
                answer.text("NetPeering", "State", "Message"),
                false);
    }

    private static Peering earlier(Peering peering, Duration by) {
        Instant birth = peering.createdAt().minus(by);
        return new Peering(
                peering.id(),
                peering.source(),
                peering.accepter(),
                birth,
                peering.state(),
                birth,
                peering.message(),
                peering.wasActive());
    }

    /** A time at which none of them had expired yet; the first reads may still be of then, also where the machine is slow. */
    static Instant beginning(List<Peering> requests) {
        return requests.stream()
                .map(Peering::expiry)
                .min(Instant::compareTo)
                .orElseThrow()
                .minus(A_MOMENT);
    }

    /** What time does to them: not before its instant, and with no answer. */
    static List<Recorded<Operation>> operations(List<Peering> requests) {
        return requests.stream()
                .map(peering -> new Recorded<>(
                        new Operation(
                                NOBODY,
                                "time",
                                new Call.Expire(peering.id()),
                                new Indeterminate("time gives no answer"),
                                "expiry of " + peering.id()),
                        nanos(peering.expiry().minus(INACCURACY)),
                        Recorded.NEVER))
                .toList();
    }

    private static long nanos(Instant time) {
        return System.nanoTime() + Duration.between(Instant.now(), time).toNanos();
    }
}
