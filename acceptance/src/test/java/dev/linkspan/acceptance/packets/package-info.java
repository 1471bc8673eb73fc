/** Black-box tests that look at packets: they need network namespaces. */
@NullMarked
package dev.linkspan.acceptance.packets;

import org.jspecify.annotations.NullMarked;
