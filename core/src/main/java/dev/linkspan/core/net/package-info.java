/** Nets, Subnets, NICs and VMs: the model and the operations on them. */
@NullMarked
package dev.linkspan.core.net;

import org.jspecify.annotations.NullMarked;
