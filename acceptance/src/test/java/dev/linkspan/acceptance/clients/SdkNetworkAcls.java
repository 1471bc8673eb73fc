package dev.linkspan.acceptance.clients;

import static dev.linkspan.acceptance.clients.Sdk.filter;
import static dev.linkspan.acceptance.clients.Sdk.refused;
import static dev.linkspan.acceptance.clients.Sdk.tag;
import static dev.linkspan.acceptance.clients.Sdk.tagged;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.CreateNetworkAclEntryRequest;
import software.amazon.awssdk.services.ec2.model.IcmpTypeCode;
import software.amazon.awssdk.services.ec2.model.NetworkAcl;
import software.amazon.awssdk.services.ec2.model.NetworkAclEntry;
import software.amazon.awssdk.services.ec2.model.PortRange;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.RuleAction;

/** Network ACLs, their entries, and which one stands at a Subnet's border. */
abstract class SdkNetworkAcls extends SdkFamily {

    private static final int ON_A_PAGE = 5;
    private static final PortRange SSH = PortRange.builder().from(22).to(22).build();

    private static NetworkAcl acl(String vpc) {
        return alice.ec2().createNetworkAcl(request -> request.vpcId(vpc)).networkAcl();
    }

    private static NetworkAcl defaultOf(String vpc) {
        return alice.ec2()
                .describeNetworkAcls(request -> request.filters(filter("vpc-id", vpc), filter("default", "true")))
                .networkAcls()
                .getFirst();
    }

    private static NetworkAcl seen(String acl) {
        return alice.ec2()
                .describeNetworkAcls(request -> request.networkAclIds(acl))
                .networkAcls()
                .getFirst();
    }

    private static Consumer<CreateNetworkAclEntryRequest.Builder> ssh(String acl) {
        return request -> request.networkAclId(acl)
                .ruleNumber(100)
                .egress(false)
                .protocol("6")
                .portRange(SSH)
                .cidrBlock("10.0.0.0/8")
                .ruleAction(RuleAction.ALLOW);
    }

    private static NetworkAclEntry nothing(boolean egress) {
        return NetworkAclEntry.builder()
                .ruleNumber(32_767)
                .egress(egress)
                .protocol("-1")
                .cidrBlock("0.0.0.0/0")
                .ruleAction(RuleAction.DENY)
                .build();
    }

    @Test
    @Rule("N1")
    void one_that_is_made_has_all_its_fields_and_allows_nothing() {
        String vpc = alice.vpc("10.66.0.0/16").vpcId();

        NetworkAcl made = alice.ec2()
                .createNetworkAcl(request ->
                        request.vpcId(vpc).tagSpecifications(tagged(ResourceType.NETWORK_ACL, tag("Name", "front"))))
                .networkAcl();

        assertThat(made.ownerId()).isEqualTo(alice.id());
        assertThat(made.isDefault()).isFalse();
        assertThat(made.entries()).containsExactly(nothing(true), nothing(false));
        assertThat(made.tags()).containsExactly(tag("Name", "front"));
        assertThat(seen(made.networkAclId())).isEqualTo(made);
    }

    @Test
    void entries_come_are_replaced_and_go() {
        String acl = acl(alice.vpc("10.67.0.0/16").vpcId()).networkAclId();
        alice.ec2().createNetworkAclEntry(ssh(acl));
        refused("NetworkAclEntryAlreadyExists", () -> alice.ec2().createNetworkAclEntry(ssh(acl)));
        NetworkAclEntry made = NetworkAclEntry.builder()
                .ruleNumber(100)
                .egress(false)
                .protocol("6")
                .portRange(SSH)
                .cidrBlock("10.0.0.0/8")
                .ruleAction(RuleAction.ALLOW)
                .build();
        assertThat(seen(acl).entries()).containsExactly(nothing(true), made, nothing(false));

        IcmpTypeCode echo = IcmpTypeCode.builder().type(8).code(-1).build();
        alice.ec2()
                .replaceNetworkAclEntry(request -> request.networkAclId(acl)
                        .ruleNumber(100)
                        .egress(false)
                        .protocol("1")
                        .icmpTypeCode(echo)
                        .cidrBlock("10.0.0.0/8")
                        .ruleAction(RuleAction.DENY));
        assertThat(seen(acl).entries())
                .contains(made.toBuilder()
                        .protocol("1")
                        .portRange((PortRange) null)
                        .icmpTypeCode(echo)
                        .ruleAction(RuleAction.DENY)
                        .build());

        alice.ec2()
                .deleteNetworkAclEntry(
                        request -> request.networkAclId(acl).ruleNumber(100).egress(false));
        assertThat(seen(acl).entries()).containsExactly(nothing(true), nothing(false));
        refused(
                "InvalidNetworkAclEntry.NotFound",
                () -> alice.ec2()
                        .deleteNetworkAclEntry(request ->
                                request.networkAclId(acl).ruleNumber(100).egress(false)));
    }

    @Test
    @Rule("N1")
    void a_subnet_is_given_one_and_the_default_one_back() {
        String vpc = alice.vpc("10.68.0.0/16").vpcId();
        String subnet = alice.subnet(vpc, "10.68.1.0/24");
        NetworkAcl born = defaultOf(vpc);
        String acl = acl(vpc).networkAclId();
        assertThat(born.associations()).singleElement().satisfies(association -> {
            assertThat(association.subnetId()).isEqualTo(subnet);
            assertThat(association.networkAclId()).isEqualTo(born.networkAclId());
        });

        String replaced = alice.ec2()
                .replaceNetworkAclAssociation(request -> request.networkAclId(acl)
                        .associationId(born.associations().getFirst().networkAclAssociationId()))
                .newAssociationId();
        assertThat(defaultOf(vpc).associations()).isEmpty();
        refused("DependencyViolation", () -> alice.ec2().deleteNetworkAcl(request -> request.networkAclId(acl)));

        alice.ec2()
                .replaceNetworkAclAssociation(
                        request -> request.networkAclId(born.networkAclId()).associationId(replaced));
        alice.ec2().deleteNetworkAcl(request -> request.networkAclId(acl));
        refused("InvalidNetworkAclID.NotFound", () -> seen(acl));
        refused(
                "InvalidParameterValue",
                () -> alice.ec2().deleteNetworkAcl(request -> request.networkAclId(born.networkAclId())));
    }

    @Test
    void pages_follow_one_another_without_gaps() {
        String vpc = alice.vpc("10.69.0.0/16").vpcId();
        IntStream.range(0, ON_A_PAGE).forEach(_ -> acl(vpc));

        assertThat(alice.ec2()
                        .describeNetworkAclsPaginator(
                                request -> request.maxResults(ON_A_PAGE).filters(filter("vpc-id", vpc)))
                        .networkAcls())
                .extracting(NetworkAcl::networkAclId)
                .hasSize(ON_A_PAGE + 1)
                .doesNotHaveDuplicates();
    }
}
