package dev.linkspan.server.history;

import dev.linkspan.server.reachability.Step;
import dev.linkspan.server.reachability.Step.Form;
import dev.linkspan.server.reachability.Step.Part;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * What is said while the network changes, over and over until it is ended: two machines with equal addresses, of two Nets,
 * and one of the hub talk, each two with a port of their own, which nobody else uses. Whether a packet comes through
 * depends on when; but it stays between the two Nets (P13).
 */
final class Chatter implements AutoCloseable {

    private static final long PAUSE_NANOS = 1_000_000;

    private static final int EAST_PORT = 6_001;
    private static final int WEST_PORT = 6_002;

    private static final List<Step.Say> PACKETS = List.of(
            say("e1", Part.REQUEST, EAST_PORT),
            say("h1", Part.REPLY, EAST_PORT),
            say("w1", Part.REQUEST, WEST_PORT),
            say("h1", Part.REPLY, WEST_PORT));

    private final Thread thread;
    private volatile boolean over;

    private Chatter(Consumer<Step.Say> mouth) {
        this.thread = Thread.ofPlatform().name("chatter").start(() -> {
            while (!over) {
                PACKETS.forEach(mouth);
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        });
    }

    /** Begins; each packet is sent on a thread of its own. */
    static Chatter over(Consumer<Step.Say> mouth) {
        return new Chatter(mouth);
    }

    /** The Net between which and the hub such a packet stays. */
    static String netOf(Step.Say packet) {
        return packet.port() == EAST_PORT ? "east" : "west";
    }

    private static Step.Say say(String nic, Part part, int port) {
        return new Step.Say(nic, part, Form.WHOLE, "udp", "10.1.1.4", port, "10.0.0.4", 53);
    }

    /** Waits for the last packet. */
    @Override
    public void close() {
        over = true;
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
