/** Net peerings: the sealed lifecycle and the operations on it (rules P, L). */
@NullMarked
package dev.linkspan.core.peering;

import org.jspecify.annotations.NullMarked;
