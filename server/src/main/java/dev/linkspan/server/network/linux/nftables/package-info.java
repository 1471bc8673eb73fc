/** The packet filter of a network namespace, by libnftables(3): what is in it and what changes it. */
@NullMarked
package dev.linkspan.server.network.linux.nftables;

import org.jspecify.annotations.NullMarked;
