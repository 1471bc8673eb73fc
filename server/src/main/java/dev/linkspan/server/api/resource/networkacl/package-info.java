/** Network ACLs. */
@NullMarked
package dev.linkspan.server.api.resource.networkacl;

import org.jspecify.annotations.NullMarked;
