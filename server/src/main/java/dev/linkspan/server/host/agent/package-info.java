/**
 * What runs on each host where OVN carries the packets ({@code linkspan agent}): it makes the machines that the server has placed
 * there, as namespaces, and connects their NICs to Open vSwitch. It talks to the server alone, never to its store, and is
 * level-triggered: whatever is there when it starts, and whoever changes something, it compares and mends what differs.
 */
@NullMarked
package dev.linkspan.server.host.agent;

import org.jspecify.annotations.NullMarked;
