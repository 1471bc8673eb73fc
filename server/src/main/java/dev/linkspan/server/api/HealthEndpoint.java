package dev.linkspan.server.api;

import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.port.Snapshot;
import dev.linkspan.core.port.Store;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * For whatever watches over the process: {@code /healthz} says that it serves, {@code /readyz} that it can also read
 * what is true.
 */
public final class HealthEndpoint implements Endpoint {

    private static final Logger LOG = System.getLogger(HealthEndpoint.class.getName());

    private final Store store;
    private final RegionName region;

    public HealthEndpoint(Store store, RegionName region) {
        this.store = store;
        this.region = region;
    }

    @Override
    public ApiResponse answer(ApiRequest request) {
        return request.plainPath().equals("/readyz") ? readiness() : ApiResponse.text(200, "ok\n");
    }

    private ApiResponse readiness() {
        try {
            store.read(region, Snapshot::lastSequence);
            return ApiResponse.text(200, "ready\n");
        } catch (RuntimeException unreadable) {
            LOG.log(Level.WARNING, "not ready: the store cannot be read", unreadable);
            return ApiResponse.text(503, "the store cannot be read\n");
        }
    }
}
