/** The event log: what happened, in order, by whom (L9, decision 4). */
@NullMarked
package dev.linkspan.core.event;

import org.jspecify.annotations.NullMarked;
