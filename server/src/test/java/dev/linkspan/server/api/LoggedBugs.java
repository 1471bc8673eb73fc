package dev.linkspan.server.api;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Logger;

/**
 * Reads the log of requests in place of whoever reads the output of the tests, for as long as it is open: a bug that a test
 * provokes has to be logged, and must not look like one of the product's.
 */
public final class LoggedBugs implements AutoCloseable {

    private final Logger log = Logger.getLogger("dev.linkspan.request");
    private final List<String> messages = new CopyOnWriteArrayList<>();

    public LoggedBugs() {
        log.setFilter(logged -> {
            messages.add(logged.getMessage());
            return false;
        });
    }

    public List<String> messages() {
        return List.copyOf(messages);
    }

    @Override
    public void close() {
        log.setFilter(null);
    }
}
