/** What servers leave on a machine, and how it goes away. */
@NullMarked
package dev.linkspan.cli.leftover;

import org.jspecify.annotations.NullMarked;
