package dev.linkspan.core.internet;

import dev.linkspan.core.id.RegionName;
import java.util.Map;
import java.util.Optional;

/** The public addresses of each Region; a Region that has none gives none away. */
public record PublicIpPools(Map<RegionName, PublicIpPool> byRegion) {

    /** Of a server that gives none away. */
    public static final PublicIpPools NONE = new PublicIpPools(Map.of());

    public PublicIpPools {
        byRegion = Map.copyOf(byRegion);
    }

    public Optional<PublicIpPool> of(RegionName region) {
        return Optional.ofNullable(byRegion.get(region));
    }
}
