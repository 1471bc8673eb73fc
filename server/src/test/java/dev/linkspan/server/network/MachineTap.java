package dev.linkspan.server.network;

import dev.linkspan.core.address.MacAddress;
import java.util.Optional;

/** Hears every frame of IPv4 that comes into a machine, through whichever NIC, and sends frames as they are. */
public interface MachineTap extends AutoCloseable {

    /** Sends a frame out of the NIC that has this MAC. One that is not there, or is down, loses it. */
    void send(MacAddress nic, byte[] frame);

    /** The next frame that has come in. */
    Optional<byte[]> poll();

    @Override
    void close();
}
