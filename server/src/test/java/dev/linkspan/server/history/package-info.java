/**
 * Flows that live across changes of the network, on real packets: {@link HistoryOnWireTest} compares what becomes of each
 * packet with what a small reference says, which is written from the rules alone.
 */
@org.jspecify.annotations.NullMarked
package dev.linkspan.server.history;
