/** The command line over the HTTP API. */
@NullMarked
package dev.linkspan.cli;

import org.jspecify.annotations.NullMarked;
