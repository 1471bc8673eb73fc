/** NAT services, which EC2 calls NAT gateways. */
@NullMarked
package dev.linkspan.server.api.resource.natservice;

import org.jspecify.annotations.NullMarked;
