/** {@code /cockpit/}: the web console's files, and the calls that it makes besides those of the public API. */
@NullMarked
package dev.linkspan.server.api.cockpit;

import org.jspecify.annotations.NullMarked;
