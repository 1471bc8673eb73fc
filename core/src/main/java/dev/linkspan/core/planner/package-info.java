/** Compiles what is true into the network that must exist (docs/decisions/0032-each-net-is-planned-alone.md). */
@NullMarked
package dev.linkspan.core.planner;

import org.jspecify.annotations.NullMarked;
