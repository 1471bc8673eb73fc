/** Linkspan's server: everything that touches the world. */
@NullMarked
package dev.linkspan.server;

import org.jspecify.annotations.NullMarked;
