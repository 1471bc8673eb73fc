package dev.linkspan.core.port;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.net.Vm;
import dev.linkspan.core.net.VmState;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the VMs. */
public interface VmReader {

    Optional<Vm> find(VmId id);

    List<Vm> ofOwner(AccountId owner);

    List<Vm> ofNet(NetId net);

    /** The VMs that one CreateVms call with this token made. */
    List<Vm> ofClientToken(AccountId owner, String clientToken);

    /** Whether the Net holds a VM that is not terminated (P6). */
    boolean existsIn(NetId net);

    /** Those that are not terminated. */
    int countOfOwner(AccountId owner);

    /** How many of the Region show each state now; states that none shows are left out. */
    Map<VmState, Long> countByState();
}
