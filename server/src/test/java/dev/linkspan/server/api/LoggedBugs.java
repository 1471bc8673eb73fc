package dev.linkspan.server.api;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads a log in place of whoever reads the output of the tests, for as long as it is open: a bug that a test provokes has
 * to be logged, and must not look like one of the product's.
 */
public final class LoggedBugs implements AutoCloseable {

    private final Logger log;
    private final List<String> messages = new CopyOnWriteArrayList<>();

    /** Those of requests. */
    public LoggedBugs() {
        this("dev.linkspan.request");
    }

    /** Those of a class that logs under its own name. */
    public LoggedBugs(Class<?> logger) {
        this(logger.getName());
    }

    private LoggedBugs(String name) {
        log = Logger.getLogger(name);
        log.setFilter(logged -> {
            messages.add(Stream.of(logged.getMessage(), logged.getThrown())
                    .filter(Objects::nonNull)
                    .map(Object::toString)
                    .collect(Collectors.joining(": ")));
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
