package dev.linkspan.server.api.sigv4;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.id.Region;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.id.SubregionName;
import dev.linkspan.server.api.ApiRequest;
import dev.linkspan.server.api.Headers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Rule("A5")
class RequestRegionTest {

    private final RequestRegion regions = new RequestRegion(List.of(region("eu-west-2"), region("us-east-2")));

    private static Region region(String name) {
        return new Region(new RegionName(name), List.of(new SubregionName(name + "a")));
    }

    @ParameterizedTest
    @CsvSource({
        "api.us-east-2.example.org,      eu-west-2, us-east-2",
        "API.US-EAST-2.example.org:7780, eu-west-2, us-east-2",
        "api.us-east-2,                  ,          us-east-2",
        "api.ap-south-1.example.org,     us-east-2, us-east-2",
        "127.0.0.1:7780,                 us-east-2, us-east-2",
        "127.0.0.1:7780,                 api,       eu-west-2",
        "localhost,                      ,          eu-west-2",
        "us-east-2.example.org,          ,          eu-west-2",
    })
    void host_then_scope_then_the_first_region_decide(String host, String scope, String expected) {
        ApiRequest request = new ApiRequest(
                "r", "POST", "/", "", Headers.of(Map.of("Host", List.of(host))), new byte[0], false, "127.0.0.1");
        assertThat(regions.of(request, Optional.ofNullable(scope))).isEqualTo(new RegionName(expected));
    }
}
