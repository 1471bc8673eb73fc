/** Net peerings, which EC2 calls VPC peering connections. */
@NullMarked
package dev.linkspan.server.api.resource.peering;

import org.jspecify.annotations.NullMarked;
