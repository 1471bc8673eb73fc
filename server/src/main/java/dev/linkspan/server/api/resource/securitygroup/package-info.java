/** Security groups and their rules. */
@NullMarked
package dev.linkspan.server.api.resource.securitygroup;

import org.jspecify.annotations.NullMarked;
