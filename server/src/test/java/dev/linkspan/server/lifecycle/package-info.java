/**
 * The life of peerings against a reference model: random calls by three accounts in two Regions, each answer compared with
 * what {@link dev.linkspan.server.lifecycle.Model} says, which is written from the rules alone.
 */
package dev.linkspan.server.lifecycle;
