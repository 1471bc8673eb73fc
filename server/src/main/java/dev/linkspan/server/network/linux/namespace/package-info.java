/** Network namespaces that outlive the process that made them, and the threads that enter them. */
@NullMarked
package dev.linkspan.server.network.linux.namespace;

import org.jspecify.annotations.NullMarked;
