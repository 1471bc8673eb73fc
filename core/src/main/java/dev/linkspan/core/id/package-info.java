/** The names of things: typed ids, accounts, Regions and Subregions. */
@NullMarked
package dev.linkspan.core.id;

import org.jspecify.annotations.NullMarked;
