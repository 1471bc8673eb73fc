/** Servers that run as children of this program. */
@NullMarked
package dev.linkspan.cli.process;

import org.jspecify.annotations.NullMarked;
