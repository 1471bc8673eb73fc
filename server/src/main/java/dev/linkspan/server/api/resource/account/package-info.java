/** Accounts, their access keys, and the roles and sessions that STS tells of. */
@NullMarked
package dev.linkspan.server.api.resource.account;

import org.jspecify.annotations.NullMarked;
