/**
 * What a host's agent and the server say to each other, as records that are bound to JSON: {@code POST
 * /linkspan/v1/agent/Sync}. Both sides are level-triggered: each call tells the whole of what is there, and no call depends on an
 * earlier one having arrived.
 */
@NullMarked
package dev.linkspan.server.host.protocol;

import org.jspecify.annotations.NullMarked;
