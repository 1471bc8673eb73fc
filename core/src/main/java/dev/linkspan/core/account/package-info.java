/** Accounts, access keys and quotas. */
@NullMarked
package dev.linkspan.core.account;

import org.jspecify.annotations.NullMarked;
