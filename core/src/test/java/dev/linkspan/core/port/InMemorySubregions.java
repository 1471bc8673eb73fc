package dev.linkspan.core.port;

import dev.linkspan.core.id.SubregionName;
import dev.linkspan.core.port.World.Cell;
import java.time.Instant;
import java.util.Set;

/** {@link SubregionRepository} of an {@link InMemoryStore}. */
record InMemorySubregions(Cell cell, Instant now) implements SubregionRepository {

    @Override
    public Set<SubregionName> failed() {
        return Set.copyOf(cell.failedSubregions.keys());
    }

    @Override
    public void setFailed(SubregionName subregion, boolean failed) {
        if (failed) {
            cell.failedSubregions.put(subregion, now);
        } else {
            cell.failedSubregions.remove(subregion);
        }
    }
}
