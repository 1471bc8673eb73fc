package dev.linkspan.server.network.linux;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Runs work in one network namespace. */
public interface NamespaceExecutor {

    /** The name of the namespace. */
    String name();

    /**
     * Runs the work on a platform thread that is in the namespace, and waits for its result. A socket that it opens stays in
     * the namespace (and keeps it alive), so it may be used from any thread afterwards. The work must not start threads:
     * they would be born in the namespace and stay.
     */
    <T extends @Nullable Object> T call(Supplier<T> work);
}
