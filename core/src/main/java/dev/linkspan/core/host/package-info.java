/** Hosts: the computers of the operator on which machines run, where a network needs them. */
@NullMarked
package dev.linkspan.core.host;

import org.jspecify.annotations.NullMarked;
