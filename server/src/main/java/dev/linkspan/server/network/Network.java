package dev.linkspan.server.network;

import dev.linkspan.core.port.NetworkStatus;
import dev.linkspan.core.port.PacketProbes;
import java.util.List;

/** What carries the packets of a server's Nets, from its start to its end. */
public interface Network extends NetworkStatus, PacketProbes, AutoCloseable {

    /** Begins with everything that is there, then follows what happens. */
    void start();

    /** The names of its threads that have ended though nobody closed it; none while all is well. */
    List<String> ended();

    /** Ends the work; what carries packets goes on carrying them. */
    @Override
    void close();
}
