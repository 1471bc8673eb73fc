/** Sets of DHCP options. */
@NullMarked
package dev.linkspan.server.api.resource.dhcp;

import org.jspecify.annotations.NullMarked;
