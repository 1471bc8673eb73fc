package dev.linkspan.server.api.aws;

import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.server.api.AccessRecord;
import dev.linkspan.server.api.ApiRequest;
import dev.linkspan.server.api.ApiResponse;
import dev.linkspan.server.api.Endpoint;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Gives each request to the service that it is for. Clients that are told one address for all of AWS send everything there,
 * and their signatures tell the services apart.
 */
public final class AwsServices implements Endpoint {

    private static final AccessRecord NOBODYS = AccessRecord.on("none", "");

    /** Those that are here in any case, and what clients of the OUTSCALE API sign for in AWS's spelling. */
    private static final Set<String> ANSWERED = Set.of("ec2", "sts", "api", "oapi", "fcu", "icu");

    private final Endpoint ec2;
    private final Map<String, Endpoint> others;
    private final String here;

    /**
     * @param ec2 EC2 and STS, whose clients may sign for whatever they like
     * @param others the other services that are here, by what signatures call them
     */
    public AwsServices(Endpoint ec2, Map<String, Endpoint> others) {
        this.ec2 = ec2;
        this.others = Map.copyOf(others);
        StringBuilder names = new StringBuilder("EC2");
        this.others.keySet().stream()
                .map(signing -> AwsService.of(signing).map(AwsService::title).orElse(signing))
                .sorted()
                .forEach(title -> names.append(", ").append(title));
        this.here = names.append(" and STS").toString();
    }

    /** A request to the path that EC2's clients use, {@code /}. */
    @Override
    public ApiResponse answer(ApiRequest request) {
        return service(request).orElse(ec2).answer(request);
    }

    @Override
    public ApiResponse refuse(ApiRequest request, Refusal refusal) {
        return present(request).orElse(ec2).refuse(request, refusal);
    }

    private Optional<Endpoint> service(ApiRequest request) {
        return present(request)
                .or(() -> ServiceName.of(request)
                        .flatMap(name -> AwsService.of(name.signing()))
                        .map(service -> new AbsentService(service, here)));
    }

    /** One of the others that are here. */
    private Optional<Endpoint> present(ApiRequest request) {
        return ServiceName.of(request).map(name -> others.get(name.signing()));
    }

    /** What answers at paths that are nobody's, where buckets, functions and hosted zones would be. */
    public Endpoint elsewhere() {
        return request -> ServiceName.of(request)
                .filter(name -> !ANSWERED.contains(name.signing()))
                .map(name -> AwsService.of(name.signing()).orElseGet(() -> AwsService.other(name.signing())))
                .map(service -> new AbsentService(service, here).answer(request))
                .orElseGet(() -> ApiResponse.text(404, "not found\n", NOBODYS));
    }
}
