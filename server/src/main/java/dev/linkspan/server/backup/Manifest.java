package dev.linkspan.server.backup;

import java.time.Instant;
import java.util.Collections;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * What a backup says about itself before anything else.
 *
 * @param schema the number of the newest migration that its database had
 * @param version the Linkspan that made it
 * @param madeAt by the machine's clock
 * @param store the kind of database that it came from
 * @param regions the Regions by name, each with the number of its newest event
 */
public record Manifest(int schema, String version, Instant madeAt, String store, SequencedMap<String, Long> regions) {

    public Manifest {
        regions = Collections.unmodifiableSequencedMap(new TreeMap<>(regions));
    }
}
