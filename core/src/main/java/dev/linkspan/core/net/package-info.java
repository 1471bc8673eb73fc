/** Nets, DHCP options, Subnets, NICs and VMs. */
@NullMarked
package dev.linkspan.core.net;

import org.jspecify.annotations.NullMarked;
