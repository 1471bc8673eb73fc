package dev.linkspan.server.host.protocol;

import dev.linkspan.core.id.VmId;
import dev.linkspan.core.port.ProbePacket;
import java.util.UUID;

/** Something that a host is to do once. */
public sealed interface HostTask {

    /** What its result is called by. */
    UUID id();

    /** Send a packet from a machine, and tell what came back. */
    record Probe(UUID id, VmId from, ProbePacket packet) implements HostTask {}

    /** Something that a newer server asks for, which this version does not know. */
    record Unknown(UUID id) implements HostTask {}
}
