/**
 * What is the same for a call of either API: the operation that it names, what its handler is handed, and where a page of an
 * answer begins and ends.
 */
@NullMarked
package dev.linkspan.server.api.call;

import org.jspecify.annotations.NullMarked;
