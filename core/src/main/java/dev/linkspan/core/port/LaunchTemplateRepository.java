package dev.linkspan.core.port;

import dev.linkspan.core.id.LaunchTemplateId;
import dev.linkspan.core.net.LaunchTemplate;

/** Reads and writes the launch templates. */
public interface LaunchTemplateRepository extends LaunchTemplateReader {

    /** Versions that are there already stay as they are. */
    void save(LaunchTemplate template);

    void delete(LaunchTemplateId id);
}
