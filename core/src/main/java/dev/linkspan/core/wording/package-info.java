/** Sentences whose terms each API says in its own words (docs/decisions/0034-refusals-have-terms.md). */
@NullMarked
package dev.linkspan.core.wording;

import org.jspecify.annotations.NullMarked;
