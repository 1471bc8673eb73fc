/** What the core needs from outside: the store and the network driver. */
@NullMarked
package dev.linkspan.core.port;

import org.jspecify.annotations.NullMarked;
