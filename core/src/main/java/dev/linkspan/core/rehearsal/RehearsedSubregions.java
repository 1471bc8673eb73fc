package dev.linkspan.core.rehearsal;

import dev.linkspan.core.id.SubregionName;
import dev.linkspan.core.port.SubregionReader;
import dev.linkspan.core.port.SubregionRepository;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** {@link SubregionRepository} of a rehearsal. */
final class RehearsedSubregions implements SubregionRepository {

    private final SubregionReader truth;
    private final Allowance allowance;
    private final Map<SubregionName, Boolean> changed = new HashMap<>();

    RehearsedSubregions(SubregionReader truth, Allowance allowance) {
        this.truth = truth;
        this.allowance = allowance;
    }

    @Override
    public Set<SubregionName> failed() {
        Set<SubregionName> failed = new HashSet<>(truth.failed());
        changed.forEach((subregion, fails) -> {
            if (fails) {
                failed.add(subregion);
            } else {
                failed.remove(subregion);
            }
        });
        return Set.copyOf(failed);
    }

    @Override
    public void setFailed(SubregionName subregion, boolean failed) {
        allowance.use();
        changed.put(subregion, failed);
    }
}
