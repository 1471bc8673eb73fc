package dev.linkspan.server.network;

import dev.linkspan.core.port.FlowTables;
import dev.linkspan.core.port.NetworkDriver;
import dev.linkspan.core.port.PacketProbes;

/** An open driver: what the reconciler needs of it, and what the calls ask it beside. */
public interface Driver extends NetworkDriver, PacketProbes, FlowTables {

    /** What operators are told of it. */
    Record particulars();
}
