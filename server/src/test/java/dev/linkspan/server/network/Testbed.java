package dev.linkspan.server.network;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.VmId;
import java.io.IOException;
import java.util.Collection;
import java.util.Set;

/** What a driver is tested on: it carries packets, and a test sends and receives some in the machines, wherever they are. */
public interface Testbed extends AutoCloseable {

    /** A driver on what the last one left. */
    Driver openDriver();

    /** The name of what is outside all Nets, as that of a machine. */
    String OUTSIDE = "outside";

    /** Sends probes from these machines, and from outside where some Net leads there, and listens there on each port, for UDP and TCP. */
    Prober prober(Collection<VmId> machines, Set<Integer> ports);

    /** Connects one machine to the other, which has this address. */
    LiveFlow connect(VmId from, VmId to, Ipv4 address, int port) throws IOException;

    /** Hears everything that comes into a machine, which itself says nothing any more. */
    MachineTap tap(VmId machine);

    /** Removes everything that drivers have made; whatever drove it is closed. */
    void clear();

    /** Removes what there is. */
    @Override
    void close();

    /** A machine that is there passes on, as it is, what it is handed for others. */
    void passOn(VmId machine);
}
