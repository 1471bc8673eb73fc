/** What would happen to a packet and to its reply, which rule decides, and which calls would change it. */
@NullMarked
package dev.linkspan.core.reachability;

import org.jspecify.annotations.NullMarked;
