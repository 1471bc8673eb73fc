/** Benchmarks and load scenarios. */
@NullMarked
package dev.linkspan.bench;

import org.jspecify.annotations.NullMarked;
