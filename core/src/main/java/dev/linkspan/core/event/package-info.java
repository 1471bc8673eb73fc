/** The event log: what happened, in order, by whom (L9; docs/decisions/0012-what-follows-reads-one-log.md). */
@NullMarked
package dev.linkspan.core.event;

import org.jspecify.annotations.NullMarked;
