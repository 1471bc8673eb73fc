/**
 * The network driver for one machine: Nets and VMs as Linux network namespaces, driven in-process through rtnetlink,
 * libnftables and the C library. Nothing here forks a process.
 */
@NullMarked
package dev.linkspan.server.network.netns;

import org.jspecify.annotations.NullMarked;
