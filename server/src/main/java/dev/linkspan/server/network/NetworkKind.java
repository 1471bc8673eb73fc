package dev.linkspan.server.network;

import dev.linkspan.core.port.NetworkStatus.Carrier;

/** A kind of network that {@code serve --network} can name: what there is to know of it before any is open, and how one is. */
public interface NetworkKind {

    /** As {@code serve --network} takes it, and {@code ReadStatus} tells it. */
    String name();

    /** False for a control plane alone. */
    boolean carriesPackets();

    /** Whether machines run on hosts, on one of which every VM is placed (H1); else they are where the server is. */
    default boolean placesOnHosts() {
        return false;
    }

    /** Whether two peers of one Net may have ranges that overlap each other (P13). */
    boolean separatesOverlappingPeers();

    /** What operators are told of it while none is open, such as where another server carries it. */
    Record particulars();

    /** Says at once, by an exception, what keeps one from being opened with these settings, whenever that will be. */
    default void requireUsable(DriverSettings settings) {}

    /** Opens one, which begins when it is started. */
    Network open(NetworkContext context);

    /** For the report, while none is open. */
    default Carrier carrier() {
        return new Carrier(name(), carriesPackets(), particulars());
    }
}
