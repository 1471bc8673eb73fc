package dev.linkspan.server.reachability;

import java.util.SplittableRandom;

/** Draws scenarios: a network, what is sent on it, and then what happens to it and is sent again, a few times. */
final class Generator {

    private static final int SENT_AT_FIRST = 60;
    private static final int SENT_THROUGH_NATS = 48;
    private static final int SENT_BY_APPLIANCES = 36;
    private static final int SENT_AFTER_A_CHANGE = 12;
    private static final int MOST_CHANGES = 3;
    private static final int CONNECTIONS_TRIED = 8;

    private Generator() {}

    /** The scenario of this seed, always the same. */
    static Scenario scenario(long seed) {
        Draft draft = new Draft(new SplittableRandom(seed));
        NatExits nats = new NatExits(draft, new SplittableRandom(~seed));
        Appliances appliances = new Appliances(draft, nats, new SplittableRandom(seed * 31));
        Topologies.draw(draft);
        nats.draw();
        appliances.draw();
        Packets packets = new Packets(draft);
        packets.draw(SENT_AT_FIRST);
        nats.send(SENT_THROUGH_NATS, packets);
        appliances.send(SENT_BY_APPLIANCES, packets);
        Changes changes = new Changes(draft);
        boolean connected = draft.percent(25);
        packets.connect(connected ? CONNECTIONS_TRIED : 0);
        appliances.connect(connected ? CONNECTIONS_TRIED / 2 : 0);
        nats.connect(connected ? CONNECTIONS_TRIED : 0);
        int times = draft.random.nextInt(MOST_CHANGES + 1) + (connected ? MOST_CHANGES : 0);
        for (int i = 0; i < times; i++) {
            changes.draw();
            nats.change();
            appliances.change();
            packets.draw(SENT_AFTER_A_CHANGE);
            nats.send(SENT_AFTER_A_CHANGE, packets);
            appliances.send(SENT_AFTER_A_CHANGE, packets);
            packets.repeat(SENT_AFTER_A_CHANGE);
        }
        return new Scenario(draft.steps);
    }
}
