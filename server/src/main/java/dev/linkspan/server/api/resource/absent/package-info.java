/** What nobody has here, and clients ask for on their way to other things. */
@NullMarked
package dev.linkspan.server.api.resource.absent;

import org.jspecify.annotations.NullMarked;
