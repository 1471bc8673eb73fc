/** Who is next: turns by whoever asks, so that nobody waits for all that one of them has asked. */
@NullMarked
package dev.linkspan.server.turn;

import org.jspecify.annotations.NullMarked;
