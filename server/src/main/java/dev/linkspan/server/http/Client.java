package dev.linkspan.server.http;

import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.server.api.ApiRequest;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.jetty.io.Connection;
import org.jspecify.annotations.Nullable;

/** One connection: whether it is welcome, what its client is doing, and how long it may go on with that. */
final class Client {

    /** Why a connection is answered with a refusal and ended. */
    enum Standing {
        WELCOME,
        TOO_MANY_IN_ALL,
        TOO_MANY_OF_ITS_ADDRESS
    }

    /** What is waited for. */
    enum Phase {
        /** The first byte of a request; before the first one no longer than for its head. */
        REQUEST,
        /** The rest of a request's head. */
        HEAD,
        /** The server itself, or a client that reads what is made as it is sent: others see to that. */
        SERVER,
        /** The client, which is to take an answer. */
        TAKING
    }

    private final Connection connection;
    private final String network;
    private final Standing standing;
    private final BodyBudget budget;
    private Phase phase = Phase.HEAD;
    private long sinceNanos = System.nanoTime();
    private long bytesBefore;
    private long headBytes;
    private BodyBudget.Share share;
    private @Nullable Refusal noRoom;

    /** @param budget what a long head is held at the cost of */
    Client(Connection connection, String network, Standing standing, BodyBudget budget) {
        this.connection = connection;
        this.network = network;
        this.standing = standing;
        this.budget = budget;
        this.share = budget.nothing();
    }

    Connection connection() {
        return connection;
    }

    String network() {
        return network;
    }

    Standing standing() {
        return standing;
    }

    /** It is for the client, or the server, to go on now. */
    synchronized void enter(Phase next) {
        phase = next;
        sinceNanos = System.nanoTime();
        bytesBefore = connection.getBytesIn();
        headBytes = 0;
        share.close();
        share = budget.nothing();
    }

    /** So many bytes have come. Those of a long head are refused where there is no room for them, as those of a body are. */
    synchronized void came(int bytes) {
        if (phase == Phase.SERVER || phase == Phase.TAKING) {
            return;
        }
        headBytes += bytes;
        if (headBytes > ApiRequest.LONGEST_OF_STRANGERS) {
            share.close();
            try {
                share = budget.take(headBytes);
            } catch (Refusal refusal) {
                noRoom = refusal;
                throw refusal;
            }
        }
    }

    /** Why the head that it is in was not read to its end, where there was no room for it. */
    synchronized Optional<Refusal> noRoom() {
        return Optional.ofNullable(noRoom);
    }

    /** It is gone. */
    synchronized void leave() {
        share.close();
    }

    /** What the client has taken too long for, if anything. */
    synchronized Optional<Phase> overdue(HttpLimits limits) {
        if (phase == Phase.REQUEST && connection.getBytesIn() != bytesBefore) {
            enter(Phase.HEAD);
        }
        Optional<Duration> patience = switch (phase) {
            case REQUEST -> Optional.of(limits.idle());
            case HEAD -> Optional.of(limits.head());
            case TAKING -> Optional.of(HttpLimits.ANSWER);
            case SERVER -> Optional.empty();
        };
        return patience.filter(it -> System.nanoTime() - sinceNanos > it.toNanos())
                .map(_ -> phase);
    }

    /** Whether it has sent anything of the head that it is in. */
    synchronized boolean hasBegun() {
        return connection.getBytesIn() != 0 || bytesBefore != 0;
    }
}
