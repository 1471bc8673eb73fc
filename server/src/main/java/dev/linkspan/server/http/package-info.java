/** HTTP, by Jetty: the only place that knows it. Everything else sees requests and answers of {@code api}. */
@NullMarked
package dev.linkspan.server.http;

import org.jspecify.annotations.NullMarked;
