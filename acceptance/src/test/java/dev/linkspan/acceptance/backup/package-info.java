/** Backup and restore as an operator runs them, compared by every answer that clients can get. */
@NullMarked
package dev.linkspan.acceptance.backup;

import org.jspecify.annotations.NullMarked;
