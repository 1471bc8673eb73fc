package dev.linkspan.core.id;

import java.util.List;

/** A Region with its Subregions, in the order that the operator named them; the first one is the default. */
public record Region(RegionName name, List<SubregionName> subregions) {

    public Region {
        subregions = List.copyOf(subregions);
        if (subregions.isEmpty()) {
            throw new IllegalArgumentException("Region %s needs at least one Subregion".formatted(name));
        }
    }
}
