/** Keeps what is true in SQL, durably and in one order per Region (decisions 3, 4, 10). */
@NullMarked
package dev.linkspan.server.store;

import org.jspecify.annotations.NullMarked;
