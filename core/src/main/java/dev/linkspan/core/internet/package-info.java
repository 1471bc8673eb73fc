/** How machines reach what is outside all Nets, and are reached from there (rules X). */
@NullMarked
package dev.linkspan.core.internet;

import org.jspecify.annotations.NullMarked;
