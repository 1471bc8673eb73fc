/** Tags. */
@NullMarked
package dev.linkspan.server.api.resource.tag;

import org.jspecify.annotations.NullMarked;
