package dev.linkspan.core.port;

import dev.linkspan.core.id.SubregionName;
import java.util.Set;

/** Reads what befell the Subregions of the Region. */
public interface SubregionReader {

    /** Those that the operator failed and has not healed. */
    Set<SubregionName> failed();
}
