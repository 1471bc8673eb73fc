/** Volumes, which are records: no machine has anything of them. */
@NullMarked
package dev.linkspan.server.api.resource.volume;

import org.jspecify.annotations.NullMarked;
