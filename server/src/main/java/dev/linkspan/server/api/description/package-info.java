/** What the server tells about its own calls: an OpenAPI description, made from what the calls are run by. */
@NullMarked
package dev.linkspan.server.api.description;

import org.jspecify.annotations.NullMarked;
