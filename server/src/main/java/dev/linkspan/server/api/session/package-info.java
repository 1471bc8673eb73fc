/**
 * Signing in to Cockpit: passwords, sessions and their cookie, and the authenticator that takes a session for what a
 * signature is elsewhere.
 */
@NullMarked
package dev.linkspan.server.api.session;

import org.jspecify.annotations.NullMarked;
