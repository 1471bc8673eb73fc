/**
 * Linearizability (L10): clients that call at the same time, their recorded histories, and a checker that looks for an
 * order, one after the other, which explains every answer.
 */
@NullMarked
package dev.linkspan.acceptance.concurrency;

import org.jspecify.annotations.NullMarked;
