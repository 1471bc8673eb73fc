/** Regions and Subregions, which EC2 calls Availability Zones. */
@NullMarked
package dev.linkspan.server.api.resource.region;

import org.jspecify.annotations.NullMarked;
