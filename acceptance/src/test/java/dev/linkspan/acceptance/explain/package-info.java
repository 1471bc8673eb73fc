/** The page on explaining, compared with what the command says. */
@NullMarked
package dev.linkspan.acceptance.explain;

import org.jspecify.annotations.NullMarked;
