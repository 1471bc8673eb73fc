package dev.linkspan.server.history;

import dev.linkspan.server.reachability.Scenario;
import java.util.SplittableRandom;

/** Draws histories: a network, flows on it, and then one thing after the other that happens while the flows go on. */
final class Histories {

    static final int CHANGES = 40;
    static final int PACKETS_AT_FIRST = 60;
    static final int PACKETS_AFTER_A_CHANGE = 24;

    private Histories() {}

    /** The history of this seed, always the same. */
    static Scenario history(long seed) {
        Hub hub = new Hub(new SplittableRandom(seed));
        Talk talk = new Talk(hub);
        Events events = new Events(hub);
        talk.draw(PACKETS_AT_FIRST);
        for (int i = 0; i < CHANGES; i++) {
            events.draw();
            talk.draw(PACKETS_AFTER_A_CHANGE);
        }
        return new Scenario(hub.steps);
    }
}
