/** Changes that are only thought through: units of work over a snapshot, of which nothing remains. */
@NullMarked
package dev.linkspan.core.rehearsal;

import org.jspecify.annotations.NullMarked;
