/** Tags: words that an account puts on what it sees. */
@NullMarked
package dev.linkspan.core.tag;

import org.jspecify.annotations.NullMarked;
