/** What others install: the archive and the Debian package that {@code ./linkspan release} makes. */
@NullMarked
package dev.linkspan.acceptance.release;

import org.jspecify.annotations.NullMarked;
