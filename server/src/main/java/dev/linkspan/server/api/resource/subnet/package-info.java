/** Subnets. */
@NullMarked
package dev.linkspan.server.api.resource.subnet;

import org.jspecify.annotations.NullMarked;
