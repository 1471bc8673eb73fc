package dev.linkspan.server.api.sigv4;

import dev.linkspan.core.id.Region;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.server.api.ApiRequest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Which of the server's Regions a request is for (A5). */
public final class RequestRegion {

    private final List<RegionName> regions;

    /** @param regions the server's, the default one first */
    public RequestRegion(List<Region> regions) {
        this.regions = regions.stream().map(Region::name).toList();
    }

    /**
     * The Region of the host's name where it names one, else that of the signature's scope, else the first.
     *
     * @param scopeRegion the Region term of the scope, where the request is signed
     */
    public RegionName of(ApiRequest request, Optional<String> scopeRegion) {
        return request.headers()
                .first("Host")
                .flatMap(this::ofHost)
                .or(() -> scopeRegion.flatMap(this::named))
                .orElseGet(regions::getFirst);
    }

    /** {@code api.eu-west-2.example.org:7780} is for eu-west-2. */
    private Optional<RegionName> ofHost(String host) {
        String[] labels =
                host.toLowerCase(Locale.ROOT).replaceFirst(":[0-9]*$", "").split("\\.", 3);
        return labels.length < 2 ? Optional.empty() : named(labels[1]);
    }

    /** The Region of this name, if it is one of the server's. */
    public Optional<RegionName> named(String text) {
        return regions.stream().filter(name -> name.value().equals(text)).findFirst();
    }
}
