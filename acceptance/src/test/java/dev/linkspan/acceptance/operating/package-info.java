/** What an operator sees of a server, and how it stops. */
@NullMarked
package dev.linkspan.acceptance.operating;

import org.jspecify.annotations.NullMarked;
