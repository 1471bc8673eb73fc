/** The driver for one machine: each Net's router and each VM is a network namespace of its kernel. */
@NullMarked
package dev.linkspan.server.network.netns;

import org.jspecify.annotations.NullMarked;
