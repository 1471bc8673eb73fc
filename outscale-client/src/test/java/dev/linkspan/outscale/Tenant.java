package dev.linkspan.outscale;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.linkspan.outscale.api.DhcpOptionApi;
import dev.linkspan.outscale.api.InternetServiceApi;
import dev.linkspan.outscale.api.KeypairApi;
import dev.linkspan.outscale.api.NatServiceApi;
import dev.linkspan.outscale.api.NetApi;
import dev.linkspan.outscale.api.NetPeeringApi;
import dev.linkspan.outscale.api.NicApi;
import dev.linkspan.outscale.api.PublicIpApi;
import dev.linkspan.outscale.api.RouteApi;
import dev.linkspan.outscale.api.RouteTableApi;
import dev.linkspan.outscale.api.SecurityGroupApi;
import dev.linkspan.outscale.api.SecurityGroupRuleApi;
import dev.linkspan.outscale.api.SubnetApi;
import dev.linkspan.outscale.api.TagApi;
import dev.linkspan.outscale.api.VmApi;
import java.net.URI;
import java.net.http.HttpClient;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * One account's client of each kind, which refuses a field that the description does not have. Fields that nobody set are
 * written as they are: not at all.
 */
final class Tenant {

    final String account;
    final DhcpOptionApi dhcpOptions;
    final InternetServiceApi internetServices;
    final KeypairApi keypairs;
    final NatServiceApi natServices;
    final NetApi nets;
    final NetPeeringApi peerings;
    final NicApi nics;
    final PublicIpApi publicIps;
    final RouteApi routes;
    final RouteTableApi routeTables;
    final SecurityGroupApi groups;
    final SecurityGroupRuleApi rules;
    final SubnetApi subnets;
    final TagApi tags;
    final VmApi vms;

    /** @param account whose key the server believes to be used */
    Tenant(URI server, String account) {
        JsonMapper strict = ((JsonMapper) ApiClient.createDefaultObjectMapper())
                .rebuild()
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .changeDefaultPropertyInclusion(it -> it.withValueInclusion(JsonInclude.Include.NON_EMPTY))
                .build();
        ApiClient client = new ApiClient(
                HttpClient.newBuilder(), strict, server.resolve("/api/v1").toString());
        String credential = "OSC4-HMAC-SHA256 Credential=%s/20261130/eu-west-2/api/osc4_request".formatted(account);
        client.setRequestInterceptor(request -> request.header("Authorization", credential));
        this.account = account;
        this.dhcpOptions = new DhcpOptionApi(client);
        this.internetServices = new InternetServiceApi(client);
        this.keypairs = new KeypairApi(client);
        this.natServices = new NatServiceApi(client);
        this.nets = new NetApi(client);
        this.peerings = new NetPeeringApi(client);
        this.nics = new NicApi(client);
        this.publicIps = new PublicIpApi(client);
        this.routes = new RouteApi(client);
        this.routeTables = new RouteTableApi(client);
        this.groups = new SecurityGroupApi(client);
        this.rules = new SecurityGroupRuleApi(client);
        this.subnets = new SubnetApi(client);
        this.tags = new TagApi(client);
        this.vms = new VmApi(client);
    }
}
