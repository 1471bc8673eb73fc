/** The VM's side of a network whose VMs are namespaces: NICs that are set up, and the packets that are sent from inside. */
@NullMarked
package dev.linkspan.server.network.vm;

import org.jspecify.annotations.NullMarked;
