package dev.linkspan.server.host;

import dev.linkspan.core.host.Host;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.port.Store;
import dev.linkspan.server.api.ApiRequest;
import dev.linkspan.server.api.own.HostToken;
import java.util.List;
import java.util.Optional;

/** Finds out for which host a request speaks (H4). */
record HostTokens(Store store, List<RegionName> regions) {

    private static final String BEARER = "Bearer ";

    /** Whose token was shown. */
    record Bearer(RegionName region, Host host) {}

    /** Empty where the request shows no token, or one that no host has. */
    Optional<Bearer> find(ApiRequest head) {
        return head.headers()
                .first("Authorization")
                .filter(value -> value.startsWith(BEARER))
                .flatMap(value ->
                        HostToken.tryParse(value.substring(BEARER.length()).strip()))
                .flatMap(this::bearer);
    }

    private Optional<Bearer> bearer(HostToken token) {
        return regions.stream()
                .flatMap(region ->
                        store
                                .<Optional<Host>>read(
                                        region, snapshot -> snapshot.hosts().find(token.host()))
                                .stream()
                                .map(host -> new Bearer(region, host)))
                .filter(bearer -> token.isOf(bearer.host()))
                .findFirst();
    }
}
