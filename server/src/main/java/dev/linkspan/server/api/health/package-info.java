/** For whatever watches over the process: whether it lives, and whether it can do its work. */
@NullMarked
package dev.linkspan.server.api.health;

import org.jspecify.annotations.NullMarked;
