package dev.linkspan.acceptance.crash;

/**
 * A row of the event log.
 *
 * @param at milliseconds since 1970
 */
record LoggedEvent(long sequence, long at, String actor, String requestId, String type, String subject) {}
