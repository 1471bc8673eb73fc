package dev.linkspan.core.port;

import dev.linkspan.core.host.Host;
import dev.linkspan.core.id.HostId;
import dev.linkspan.core.id.VmId;

/** Reads and writes the hosts of the Region, and which VM is on which. */
public interface HostRepository extends HostReader {

    void save(Host host);

    void delete(HostId id);

    /** From now on the VM's machine is there, and nowhere else. */
    void place(VmId vm, HostId host);

    /** From now on the VM has no machine; nothing happens where it had none. */
    void displace(VmId vm);
}
