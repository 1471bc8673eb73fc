/**
 * Makes packets follow the truth: the reconciler plans again what changed and lets a driver apply it.
 *
 * <p>Below it a package per driver: {@code netns} for one machine.
 */
@NullMarked
package dev.linkspan.server.network;

import org.jspecify.annotations.NullMarked;
