/** Route tables, their links and their routes. */
@NullMarked
package dev.linkspan.server.api.resource.routing;

import org.jspecify.annotations.NullMarked;
