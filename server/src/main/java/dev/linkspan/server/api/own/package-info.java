/**
 * Linkspan's own calls: {@code POST /linkspan/v1/<Call>} with the admin token, or signed, where an account may make them
 * too. JSON, errors and request ids are as in the OUTSCALE API.
 */
@NullMarked
package dev.linkspan.server.api.own;

import org.jspecify.annotations.NullMarked;
