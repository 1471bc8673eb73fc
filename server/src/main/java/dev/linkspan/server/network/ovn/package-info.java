/**
 * The driver for OVN: a Net is a logical router, a Subnet a logical switch, a peering a pair of router ports between two address sets.
 * It writes what must be into OVN's northbound database and knows from the southbound one what is in force
 * (docs/decisions/0046-ovsdb-is-spoken-directly.md).
 */
@NullMarked
package dev.linkspan.server.network.ovn;

import org.jspecify.annotations.NullMarked;
