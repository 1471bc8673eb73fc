/**
 * VMs and NICs, as either API orders and shows them: which of them a caller may see, what is said of one beside what is its
 * own, and what a client's wishes come to.
 */
@NullMarked
package dev.linkspan.server.api.machine;

import org.jspecify.annotations.NullMarked;
