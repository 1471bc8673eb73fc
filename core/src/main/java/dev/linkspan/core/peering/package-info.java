/** Net peerings: the sealed lifecycle (rules P, L). */
@NullMarked
package dev.linkspan.core.peering;

import org.jspecify.annotations.NullMarked;
