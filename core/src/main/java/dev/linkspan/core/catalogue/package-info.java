/** What there is to make VMs of, the same for everybody. */
@NullMarked
package dev.linkspan.core.catalogue;

import org.jspecify.annotations.NullMarked;
