package dev.linkspan.acceptance.clients;

import static dev.linkspan.acceptance.clients.Sdk.filter;
import static dev.linkspan.acceptance.clients.Sdk.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.acceptance.LinkspanServer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.services.ec2.model.AccountAttributeName;
import software.amazon.awssdk.services.ec2.model.AvailabilityZone;
import software.amazon.awssdk.services.ec2.model.Region;
import software.amazon.awssdk.services.sts.model.Credentials;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/** Who asks, and where. */
abstract class SdkIdentities extends SdkFamily {

    @Test
    void a_key_belongs_to_its_account() {
        GetCallerIdentityResponse identity = bob.sts().getCallerIdentity();

        assertThat(identity.account()).isEqualTo(bob.id());
        assertThat(identity.arn()).isEqualTo("arn:aws:iam::" + bob.id() + ":root");
        assertThat(identity.userId()).isNotEmpty();
    }

    @Test
    void an_account_acts_as_another_by_its_role() {
        Credentials session = alice.sts()
                .assumeRole(request ->
                        request.roleArn(ServerWithRole.role(bob.oapi())).roleSessionName("sdk"))
                .credentials();
        Sdk acting = bob.with(
                AwsSessionCredentials.create(session.accessKeyId(), session.secretAccessKey(), session.sessionToken()));

        assertThat(acting.sts().getCallerIdentity().arn())
                .isEqualTo("arn:aws:sts::%s:assumed-role/peering/sdk".formatted(bob.id()));
        assertThat(acting.vpc("10.10.0.0/16").ownerId()).isEqualTo(bob.id());
        refused(
                "AccessDenied",
                () -> bob.sts()
                        .assumeRole(request -> request.roleArn(ServerWithRole.role(alice.oapi()))
                                .roleSessionName("sdk")));
    }

    @Test
    void regions_and_their_zones_are_those_of_the_server() {
        assertThat(alice.ec2().describeRegions().regions())
                .extracting(Region::regionName)
                .containsExactly(LinkspanServer.REGION, LinkspanServer.OTHER_REGION);
        assertThat(alice.ec2()
                        .describeAvailabilityZones(request -> request.filters(filter("state", "available")))
                        .availabilityZones())
                .extracting(AvailabilityZone::zoneName)
                .containsExactly(LinkspanServer.REGION + "a", LinkspanServer.REGION + "b");
    }

    @Test
    void an_account_has_vpcs_and_no_default_one() {
        assertThat(alice.ec2()
                        .describeAccountAttributes(request -> request.attributeNames(AccountAttributeName.DEFAULT_VPC))
                        .accountAttributes())
                .singleElement()
                .satisfies(attribute -> assertThat(
                                attribute.attributeValues().getFirst().attributeValue())
                        .isEqualTo("none"));
    }
}
