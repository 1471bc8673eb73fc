package dev.linkspan.core.port;

import dev.linkspan.core.id.NetId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Tables of flows that are as full as a test says. */
public final class SetFlowTables implements FlowTables {

    private final Map<NetId, FlowTable> tables = new HashMap<>();

    public void put(NetId net, FlowTable table) {
        tables.put(net, table);
    }

    /** None is told of any more. */
    public void clear() {
        tables.clear();
    }

    @Override
    public Optional<FlowTable> flowTable(NetId net) {
        return Optional.ofNullable(tables.get(net));
    }
}
