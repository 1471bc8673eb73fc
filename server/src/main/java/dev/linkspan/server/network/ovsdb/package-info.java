/**
 * A client of OVSDB, the database protocol of Open vSwitch and OVN (RFC 7047), with the extensions of ovsdb-server(7):
 * conditional monitoring and clusters. It knows the protocol and no database
 * (docs/decisions/0046-ovsdb-is-spoken-directly.md).
 */
@NullMarked
package dev.linkspan.server.network.ovsdb;

import org.jspecify.annotations.NullMarked;
