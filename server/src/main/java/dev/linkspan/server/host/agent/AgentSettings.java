package dev.linkspan.server.host.agent;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Which server an agent obeys, and what it says of its host.
 *
 * @param server where its API is, such as {@code https://linkspan.example.com}
 * @param token the file with the host's token, which is read before each call: it may be replaced
 * @param authority the file with the certificates (PEM) of which one must have signed the server's; else those that Java trusts
 * @param capacity how many machines the host takes
 * @param version of this program
 */
public record AgentSettings(URI server, Path token, Optional<Path> authority, int capacity, String version) {}
