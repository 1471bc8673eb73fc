/**
 * The explanation against the wire: random networks, each carried by the real driver, on which the verdict of the
 * reachability analysis about a packet is compared with what becomes of the packet.
 */
package dev.linkspan.server.reachability;
