package dev.linkspan.cli.backup;

import tools.jackson.databind.JsonNode;

/**
 * A backup that is whole.
 *
 * @param manifest its first line: who made it, when, and the Regions with the numbers of their newest events
 * @param rows how many it has
 */
public record CompleteBackup(JsonNode manifest, long rows) {}
