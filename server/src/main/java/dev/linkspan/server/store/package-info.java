/** Keeps what is true in SQL, durably and in one order per Region (docs/decisions/0002-one-order-per-region.md). */
@NullMarked
package dev.linkspan.server.store;

import org.jspecify.annotations.NullMarked;
