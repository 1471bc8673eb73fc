/** Checks that a backup is whole, from the file alone. */
@NullMarked
package dev.linkspan.cli.backup;

import org.jspecify.annotations.NullMarked;
