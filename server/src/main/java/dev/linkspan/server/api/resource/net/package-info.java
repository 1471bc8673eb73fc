/** Nets, which EC2 calls VPCs. */
@NullMarked
package dev.linkspan.server.api.resource.net;

import org.jspecify.annotations.NullMarked;
