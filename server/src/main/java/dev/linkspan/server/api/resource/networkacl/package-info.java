/** Network ACLs, which only EC2's API has. */
@NullMarked
package dev.linkspan.server.api.resource.networkacl;

import org.jspecify.annotations.NullMarked;
