/** Who sent a request: signatures of both families (A1 to A3), the Region meant (A5), and the developer's mode (A6). */
@NullMarked
package dev.linkspan.server.api.sigv4;

import org.jspecify.annotations.NullMarked;
