package dev.linkspan.acceptance.concurrency;

import dev.linkspan.acceptance.concurrency.Outcome.Done;
import dev.linkspan.acceptance.concurrency.Outcome.Indeterminate;
import dev.linkspan.acceptance.concurrency.Outcome.Listed;
import dev.linkspan.acceptance.concurrency.Outcome.Refused;
import dev.linkspan.acceptance.concurrency.Outcome.Seen;
import dev.linkspan.acceptance.concurrency.Outcome.Shown;
import dev.linkspan.acceptance.concurrency.World.Limits;
import dev.linkspan.acceptance.concurrency.World.OwnedNet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Histories made up by tests: two accounts, a Net each, and a third Net of the second account. */
final class HistoryBuilder {

    static final String ANN = "111111111111";
    static final String BEN = "222222222222";
    static final String LEFT = "vpc-11111111";
    static final String RIGHT = "vpc-22222222";
    static final String FAR = "vpc-33333333";
    static final String FORTH = "pcx-00000001";
    static final String BACK = "pcx-00000002";
    static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

    private final World world;
    private final List<Recorded<Operation>> operations = new ArrayList<>();

    HistoryBuilder() {
        this(Limits.STANDARD);
    }

    HistoryBuilder(Limits limits) {
        world = World.of(
                List.of(
                        new OwnedNet(LEFT, "10.1.0.0/16", ANN),
                        new OwnedNet(RIGHT, "10.2.0.0/16", BEN),
                        new OwnedNet(FAR, "10.3.0.0/16", BEN)),
                Map.of(ANN, limits, BEN, limits));
    }

    World world() {
        return world;
    }

    History history() {
        return new History(world, START, operations);
    }

    boolean isExplained() {
        return Linearizability.check(history().specification(), operations) instanceof Verdict.Explained;
    }

    HistoryBuilder add(long from, long to, String account, Call call, Outcome outcome) {
        Operation operation = new Operation(0, account, call, outcome, "request-" + operations.size());
        operations.add(new Recorded<>(operation, from, outcome instanceof Indeterminate ? Recorded.NEVER : to));
        return this;
    }

    /** Ann asks. */
    HistoryBuilder forth(long from, long to) {
        return add(from, to, ANN, new Call.Create(LEFT, RIGHT), new Shown(waiting(FORTH, LEFT, RIGHT, BEN)));
    }

    /** Ben asks. */
    HistoryBuilder back(long from, long to) {
        return add(from, to, BEN, new Call.Create(RIGHT, LEFT), new Shown(waiting(BACK, RIGHT, LEFT, ANN)));
    }

    HistoryBuilder accepted(long from, long to, Seen active) {
        String accepter = world.owner(active.accepter());
        return add(from, to, accepter, new Call.Accept(active.id()), new Shown(active));
    }

    HistoryBuilder refused(long from, long to, String account, Call call, Refused refused) {
        return add(from, to, account, call, refused);
    }

    HistoryBuilder deleted(long from, long to, String account, String id) {
        return add(from, to, account, new Call.Delete(id), new Done());
    }

    HistoryBuilder sees(long from, long to, String account, Seen... seen) {
        return add(from, to, account, Call.Read.everything(), new Listed(List.of(seen)));
    }

    HistoryBuilder advanced(long from, long to, Duration by, Duration sinceStart) {
        return add(from, to, Operation.OPERATOR, new Call.Advance(by), new Outcome.Time(START.plus(sinceStart)));
    }

    static Seen waiting(String id, String source, String accepter, String by) {
        return new Seen(
                id,
                source,
                accepter,
                "pending-acceptance",
                "Pending acceptance by " + by,
                Optional.of(START.plus(Duration.ofDays(7))));
    }

    static Seen active(String id, String source, String accepter) {
        return new Seen(id, source, accepter, "active", "Active", Optional.empty());
    }

    static Seen rejectedAutomatically(String id, String source, String accepter) {
        String message = "Rejected automatically: an active peering already connects these two Nets";
        return new Seen(id, source, accepter, "rejected", message, Optional.empty());
    }

    static Seen expired(String id, String source, String accepter) {
        Optional<Instant> expiry = Optional.of(START.plus(Duration.ofDays(7)));
        return new Seen(id, source, accepter, "expired", "Expired: not accepted within 7 days", expiry);
    }

    static Seen deleted(String id, String source, String accepter, String by) {
        return new Seen(id, source, accepter, "deleted", "Deleted by " + by, Optional.empty());
    }
}
