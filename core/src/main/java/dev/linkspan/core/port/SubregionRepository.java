package dev.linkspan.core.port;

import dev.linkspan.core.id.SubregionName;

/** Reads and writes what befell the Subregions of the Region. */
public interface SubregionRepository extends SubregionReader {

    void setFailed(SubregionName subregion, boolean failed);
}
