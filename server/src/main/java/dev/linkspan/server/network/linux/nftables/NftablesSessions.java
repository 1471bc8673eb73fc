package dev.linkspan.server.network.linux.nftables;

import dev.linkspan.server.network.linux.NamespaceExecutor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * The open sessions with packet filters, for any thread. A session is kept after use, because the kernel makes the closing
 * of one wait (about 16 ms) until what it deleted is out of use. But it holds a copy of its rule set (about 0.5 MB), so of
 * many only those used last stay open.
 */
public final class NftablesSessions implements AutoCloseable {

    private static final int MOST_OPEN = 32;

    private final LibNftables library;
    private final Map<String, NftablesSession> byNamespace = new LinkedHashMap<>(MOST_OPEN, 0.75f, true);

    /** Loads the library, which must be there. */
    public NftablesSessions() {
        this.library = LibNftables.load();
    }

    synchronized <T> T in(NamespaceExecutor namespace, Function<NftablesSession, T> work) {
        NftablesSession session = byNamespace.get(namespace.name());
        if (session == null) {
            closeEldest();
            session = NftablesSession.open(namespace, library);
            byNamespace.put(namespace.name(), session);
        }
        return work.apply(session);
    }

    /** Closes the session in this namespace, if there is one: else the namespace would live on. */
    public synchronized void close(String namespace) {
        NftablesSession session = byNamespace.remove(namespace);
        if (session != null) {
            session.close();
        }
    }

    @Override
    public synchronized void close() {
        new ArrayList<>(byNamespace.keySet()).forEach(this::close);
    }

    private void closeEldest() {
        if (byNamespace.size() >= MOST_OPEN) {
            close(byNamespace.keySet().iterator().next());
        }
    }
}
