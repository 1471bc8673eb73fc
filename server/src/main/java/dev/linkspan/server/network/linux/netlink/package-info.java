/** The devices, addresses, routes, rules and neighbours of a network namespace, by rtnetlink(7): how they are and what changes them. */
@NullMarked
package dev.linkspan.server.network.linux.netlink;

import org.jspecify.annotations.NullMarked;
