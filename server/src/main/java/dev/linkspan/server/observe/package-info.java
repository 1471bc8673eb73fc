/** What the server tells about itself while it runs. */
@NullMarked
package dev.linkspan.server.observe;

import org.jspecify.annotations.NullMarked;
