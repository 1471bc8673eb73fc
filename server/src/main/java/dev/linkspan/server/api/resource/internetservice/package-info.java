/** Internet services, which EC2 calls internet gateways. */
@NullMarked
package dev.linkspan.server.api.resource.internetservice;

import org.jspecify.annotations.NullMarked;
