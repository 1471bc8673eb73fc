package dev.linkspan.acceptance.clients;

import static dev.linkspan.acceptance.clients.Sdk.filter;
import static dev.linkspan.acceptance.clients.Sdk.refused;
import static dev.linkspan.acceptance.clients.Sdk.tag;
import static dev.linkspan.acceptance.clients.Sdk.tagged;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.AnalysisStatus;
import software.amazon.awssdk.services.ec2.model.Explanation;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;
import software.amazon.awssdk.services.ec2.model.NetworkInsightsAnalysis;
import software.amazon.awssdk.services.ec2.model.NetworkInsightsPath;
import software.amazon.awssdk.services.ec2.model.PathComponent;
import software.amazon.awssdk.services.ec2.model.Protocol;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Vpc;

/** Paths between machines, and the analyses that say whether a packet gets there. */
abstract class SdkNetworkInsights extends SdkFamily {

    private static Instance instance(Sdk owner, Vpc vpc, String range) {
        String subnet = owner.subnet(vpc.vpcId(), range);
        return owner.ec2()
                .runInstances(request -> request.imageId(SdkInstances.image())
                        .minCount(1)
                        .maxCount(1)
                        .subnetId(subnet))
                .instances()
                .getFirst();
    }

    private static void route(Sdk owner, Vpc vpc, String destination, String peering) {
        String table = owner.ec2()
                .describeRouteTables(request -> request.filters(filter("vpc-id", vpc.vpcId())))
                .routeTables()
                .getFirst()
                .routeTableId();
        owner.ec2()
                .createRoute(request -> request.routeTableId(table)
                        .destinationCidrBlock(destination)
                        .vpcPeeringConnectionId(peering));
    }

    private static IpPermission web(String range) {
        return IpPermission.builder()
                .ipProtocol("tcp")
                .fromPort(443)
                .toPort(443)
                .ipRanges(IpRange.builder().cidrIp(range).build())
                .build();
    }

    private static NetworkInsightsAnalysis analysed(String path) {
        return alice.ec2()
                .startNetworkInsightsAnalysis(request -> request.networkInsightsPathId(path)
                        .tagSpecifications(tagged(ResourceType.NETWORK_INSIGHTS_ANALYSIS, tag("Team", "net"))))
                .networkInsightsAnalysis();
    }

    @Test
    @Rule({"R2", "S2", "A4"})
    void a_path_between_two_accounts_is_analysed_mended_and_analysed_again() {
        Vpc here = alice.vpc("10.97.0.0/16");
        Vpc there = bob.vpc("10.98.0.0/16");
        Instance sender = instance(alice, here, "10.97.1.0/24");
        Instance receiver = instance(bob, there, "10.98.1.0/24");
        String peering = alice.requested(here, there);
        bob.ec2().acceptVpcPeeringConnection(request -> request.vpcPeeringConnectionId(peering));

        NetworkInsightsPath path = alice.ec2()
                .createNetworkInsightsPath(request -> request.source(sender.instanceId())
                        .destinationIp(receiver.privateIpAddress())
                        .protocol(Protocol.TCP)
                        .filterAtSource(filter -> filter.destinationPortRange(
                                ports -> ports.fromPort(443).toPort(443)))
                        .tagSpecifications(tagged(ResourceType.NETWORK_INSIGHTS_PATH, tag("Team", "net"))))
                .networkInsightsPath();
        assertThat(path.filterAtSource().destinationPortRange().toPort()).isEqualTo(443);
        assertThat(path.tags()).containsExactly(tag("Team", "net"));
        assertThat(alice.ec2()
                        .describeNetworkInsightsPathsPaginator(request -> request.maxResults(1))
                        .networkInsightsPaths())
                .containsExactly(path);
        refused(
                "InvalidNetworkInsightsPathId.NotFound",
                () -> bob.ec2()
                        .describeNetworkInsightsPaths(
                                request -> request.networkInsightsPathIds(path.networkInsightsPathId())));

        NetworkInsightsAnalysis blocked = analysed(path.networkInsightsPathId());
        assertThat(blocked.networkPathFound()).isFalse();
        assertThat(blocked.explanations())
                .extracting(Explanation::explanationCode)
                .containsExactly("NO_ROUTE_TO_DESTINATION", "OTHER_ACCOUNT_DOES_NOT_LET_IN");
        assertThat(blocked.explanations().get(1).componentAccount()).isEqualTo(bob.id());

        route(alice, here, "10.98.0.0/16", peering);
        route(bob, there, "10.97.0.0/16", peering);
        bob.ec2()
                .authorizeSecurityGroupIngress(request -> request.groupId(
                                receiver.securityGroups().getFirst().groupId())
                        .ipPermissions(web("10.97.0.0/16")));

        NetworkInsightsAnalysis found = analysed(path.networkInsightsPathId());
        assertThat(found.status()).isEqualTo(AnalysisStatus.SUCCEEDED);
        assertThat(found.networkPathFound()).isTrue();
        List<PathComponent> forward = found.forwardPathComponents();
        assertThat(forward.getFirst().attachedTo().id()).isEqualTo(sender.instanceId());
        assertThat(forward)
                .extracting(component -> component.component().id())
                .contains(peering)
                .endsWith(there.vpcId());
        assertThat(found.returnPathComponents()).hasSize(1);
        described(path.networkInsightsPathId(), blocked, found);
        deleted(path.networkInsightsPathId(), blocked, found);
    }

    private static void described(String path, NetworkInsightsAnalysis... analyses) {
        assertThat(alice.ec2()
                        .describeNetworkInsightsAnalysesPaginator(
                                request -> request.networkInsightsPathId(path).maxResults(1))
                        .networkInsightsAnalyses())
                .as("each as it was when it was started")
                .containsExactlyInAnyOrder(analyses);
        assertThat(alice.ec2()
                        .describeNetworkInsightsAnalyses(
                                request -> request.filters(filter("path-found", "true"), filter("tag:Team", "net")))
                        .networkInsightsAnalyses())
                .containsExactly(analyses[1]);
    }

    private static void deleted(String path, NetworkInsightsAnalysis... analyses) {
        refused(
                "AnalysisExistsForNetworkInsightsPath",
                () -> alice.ec2().deleteNetworkInsightsPath(request -> request.networkInsightsPathId(path)));
        for (NetworkInsightsAnalysis analysis : analyses) {
            alice.ec2()
                    .deleteNetworkInsightsAnalysis(
                            request -> request.networkInsightsAnalysisId(analysis.networkInsightsAnalysisId()));
        }
        assertThat(alice.ec2()
                        .deleteNetworkInsightsPath(request -> request.networkInsightsPathId(path))
                        .networkInsightsPathId())
                .isEqualTo(path);
    }
}
