/** Route tables, their links and routes (rules R). */
@NullMarked
package dev.linkspan.core.routing;

import org.jspecify.annotations.NullMarked;
