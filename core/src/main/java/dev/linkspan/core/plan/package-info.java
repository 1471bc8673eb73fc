/** The network that must exist (docs/decisions/0032-each-net-is-planned-alone.md). */
@NullMarked
package dev.linkspan.core.plan;

import org.jspecify.annotations.NullMarked;
