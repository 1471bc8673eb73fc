/** What crashes, full disks and stepping clocks may do to a server: nothing that was acknowledged is lost (L9). */
@NullMarked
package dev.linkspan.acceptance.crash;

import org.jspecify.annotations.NullMarked;
