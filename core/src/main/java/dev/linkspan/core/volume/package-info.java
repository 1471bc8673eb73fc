/** Volumes of block storage: records of what accounts asked for, with nothing stored on them. */
@NullMarked
package dev.linkspan.core.volume;

import org.jspecify.annotations.NullMarked;
