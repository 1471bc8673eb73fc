/** Truth compiled into the network that must exist (decision 5). */
@NullMarked
package dev.linkspan.core.plan;

import org.jspecify.annotations.NullMarked;
