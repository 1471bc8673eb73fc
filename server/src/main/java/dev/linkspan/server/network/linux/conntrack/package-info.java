/** The connection tracking of a network namespace: the flows that its kernel knows. */
@NullMarked
package dev.linkspan.server.network.linux.conntrack;

import org.jspecify.annotations.NullMarked;
