package dev.linkspan.core.port;

import dev.linkspan.core.id.VmId;
import dev.linkspan.core.net.Vm;
import java.time.Instant;
import java.util.List;

/** Reads and writes the VMs. */
public interface VmRepository extends VmReader {

    void save(Vm vm);

    void delete(VmId id);

    /** The VMs terminated at or before this time, the longest gone first, at most so many. */
    List<Vm> terminatedBy(Instant time, int limit);
}
