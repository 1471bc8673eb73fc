package dev.linkspan.server.network.ovn;

import dev.linkspan.core.id.NetId;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Every row that one Net must have, by key. */
record NetRows(NetId net, Map<String, NbRow> rows) {

    /** No two of them have the same key. */
    static NetRows of(NetId net, Collection<NbRow> rows) {
        Map<String, NbRow> byKey = new LinkedHashMap<>();
        for (NbRow row : rows) {
            if (byKey.put(row.key(), row) != null) {
                throw new IllegalStateException("BUG: two rows of %s are '%s'".formatted(net, row.key()));
            }
        }
        return new NetRows(net, Collections.unmodifiableMap(byKey));
    }

    /** Of a Net that is gone. */
    static NetRows none(NetId net) {
        return new NetRows(net, Map.of());
    }
}
