/** Sockets that the JDK does not have. */
@NullMarked
package dev.linkspan.server.network.linux.socket;

import org.jspecify.annotations.NullMarked;
