/**
 * The operator's calls: {@code POST /linkspan/v1/<Call>} with the admin token. JSON, errors and request ids are as in the
 * OUTSCALE API.
 */
@NullMarked
package dev.linkspan.server.api.own;

import org.jspecify.annotations.NullMarked;
