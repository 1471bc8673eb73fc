/** Images that VMs are made of. */
@NullMarked
package dev.linkspan.server.api.resource.image;

import org.jspecify.annotations.NullMarked;
