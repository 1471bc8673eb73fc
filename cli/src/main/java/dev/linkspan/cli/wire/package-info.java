/** What the command line does inside machines: run commands, send packets and hear what comes back. */
@NullMarked
package dev.linkspan.cli.wire;

import org.jspecify.annotations.NullMarked;
