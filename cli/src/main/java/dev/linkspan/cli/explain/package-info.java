/** How the command line shows why a packet does not arrive, and puts right what its caller may. */
@NullMarked
package dev.linkspan.cli.explain;

import org.jspecify.annotations.NullMarked;
