/** VM types, which EC2 calls instance types. */
@NullMarked
package dev.linkspan.server.api.resource.vmtype;

import org.jspecify.annotations.NullMarked;
