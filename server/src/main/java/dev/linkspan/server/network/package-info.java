/**
 * Makes packets follow the truth: the reconciler plans again what changed and lets a driver apply it.
 *
 * <p>Below it a package per driver, {@code netns} for one machine and {@code ovn} for OVN, and what drivers share: {@code vm}, the
 * VM's side, {@code linux}, the kernel, and {@code ovsdb}, the databases of OVN and Open vSwitch. Dependencies go that way and never back.
 */
@NullMarked
package dev.linkspan.server.network;

import org.jspecify.annotations.NullMarked;
