/** Black-box tests of the API: a server in a process of its own, over HTTP. */
@NullMarked
package dev.linkspan.acceptance.api;

import org.jspecify.annotations.NullMarked;
