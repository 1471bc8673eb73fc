/** How a program talks to a Linkspan server: addresses, signatures, calls and their answers. */
@NullMarked
package dev.linkspan.cli.client;

import org.jspecify.annotations.NullMarked;
