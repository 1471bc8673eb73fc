/** VMs and their NICs, which EC2 calls instances and network interfaces. */
@NullMarked
package dev.linkspan.server.api.resource.vm;

import org.jspecify.annotations.NullMarked;
