/** Public IPs, which EC2 calls Elastic IP addresses. */
@NullMarked
package dev.linkspan.server.api.resource.publicip;

import org.jspecify.annotations.NullMarked;
