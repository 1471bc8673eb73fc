/** The commands: a class for each, or for each small family of them. */
@NullMarked
package dev.linkspan.cli.command;

import org.jspecify.annotations.NullMarked;
