/** The one vocabulary of errors: what a caller may be told, and why. */
@NullMarked
package dev.linkspan.core.refusal;

import org.jspecify.annotations.NullMarked;
