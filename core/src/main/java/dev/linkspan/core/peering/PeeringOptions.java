package dev.linkspan.core.peering;

import java.util.Optional;

/**
 * What the owners of a peering's sides want to set; what is empty stays as it is.
 *
 * @param sourceDnsResolution of the source's side
 * @param accepterDnsResolution of the accepter's side
 */
public record PeeringOptions(Optional<Boolean> sourceDnsResolution, Optional<Boolean> accepterDnsResolution) {}
