/**
 * How both APIs list resources. What can be asked of a kind of resource is declared once, as its {@link
 * dev.linkspan.server.api.listing.Fields}, with the names that each API has for it; each API reads its filters into {@link
 * dev.linkspan.server.api.listing.Criteria} at its edge, and a {@link dev.linkspan.server.api.listing.Listing} finds what
 * meets them.
 */
@NullMarked
package dev.linkspan.server.api.listing;

import org.jspecify.annotations.NullMarked;
