/** What drivers on Linux are made of: the C library, called in-process by the foreign-function API; below it a room per subsystem of the kernel. Nothing here knows of Nets, nor forks a process. */
@NullMarked
package dev.linkspan.server.network.linux;

import org.jspecify.annotations.NullMarked;
