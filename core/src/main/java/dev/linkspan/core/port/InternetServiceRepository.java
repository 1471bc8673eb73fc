package dev.linkspan.core.port;

import dev.linkspan.core.id.InternetServiceId;
import dev.linkspan.core.internet.InternetService;

/** Reads and writes the internet services. */
public interface InternetServiceRepository extends InternetServiceReader {

    void save(InternetService service);

    void delete(InternetServiceId id);
}
