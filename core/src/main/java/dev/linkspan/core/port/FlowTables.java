package dev.linkspan.core.port;

import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.id.NicId;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How full the routers' tables of flows are, now. Each Net has a table of its own, and each NIC and each peering a share of
 * it; what would begin beyond that is dropped. May be called from any thread. Empty where this process carries no packets.
 */
public interface FlowTables {

    /** Where nothing is carried, or nothing is told. */
    FlowTables UNKNOWN = new FlowTables() {};

    /** The table of one Net. */
    default Optional<FlowTable> flowTable(NetId net) {
        return Optional.empty();
    }

    /** The tables of all Nets. */
    default Map<NetId, FlowTable> flowTables() {
        return Map.of();
    }

    /**
     * One look at a Net's table.
     *
     * @param flows how many are in it
     * @param most how many can be
     * @param fullNics NICs that have opened as many as they may
     * @param fullPeerings peerings through which the peer has opened as many as it may
     */
    record FlowTable(long flows, long most, Set<NicId> fullNics, Set<NetPeeringId> fullPeerings) {

        public FlowTable {
            fullNics = Set.copyOf(fullNics);
            fullPeerings = Set.copyOf(fullPeerings);
        }

        /** Whether nobody can begin a flow. */
        public boolean full() {
            return flows >= most;
        }

        /** Whether something of it is full, so that flows are dropped that everything else allows. */
        public boolean drops() {
            return full() || !fullNics.isEmpty() || !fullPeerings.isEmpty();
        }
    }
}
