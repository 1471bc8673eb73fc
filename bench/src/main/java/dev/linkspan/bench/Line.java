package dev.linkspan.bench;

import dev.linkspan.server.network.linux.namespace.NetworkNamespace;

/**
 * A way for packets.
 *
 * @param address the far end's
 */
record Line(NetworkNamespace near, NetworkNamespace far, String address) {}
