package dev.linkspan.server.network;

import java.io.IOException;
import java.time.Duration;

/** A TCP connection between two machines that stays open while a test changes the network under it. */
public interface LiveFlow extends AutoCloseable {

    /** Whether something from the client reaches the server in this time. */
    boolean passesForward(Duration patience) throws IOException;

    /** Whether something from the server reaches the client in this time. */
    boolean passesBackward(Duration patience) throws IOException;

    @Override
    void close() throws IOException;
}
