/**
 * The server's side of hosts: who speaks for which ({@code HostTokens}), what a host's agent tells and is answered ({@code
 * AgentEndpoint}), which machines it must have ({@code HostMachines}), what it is to do once ({@code HostTasks}).
 */
@NullMarked
package dev.linkspan.server.host;

import org.jspecify.annotations.NullMarked;
