/** IPv4 addresses and ranges, as values. */
@NullMarked
package dev.linkspan.core.address;

import org.jspecify.annotations.NullMarked;
