package dev.linkspan.core.port;

import dev.linkspan.core.id.VmId;

/** Sends single packets from VMs, as a program that runs in them would. May be called from any thread. */
public interface PacketProbes {

    /** Sends it and waits for an answer, two seconds at most; refused where no packets are carried from this VM. */
    ProbeAnswer probe(VmId from, ProbePacket packet);
}
