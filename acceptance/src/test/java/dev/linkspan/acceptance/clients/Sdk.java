package dev.linkspan.acceptance.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.linkspan.acceptance.Account;
import dev.linkspan.acceptance.LinkspanServer;
import java.net.URI;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.CreateSubnetRequest;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;
import software.amazon.awssdk.services.ec2.model.Vpc;
import software.amazon.awssdk.services.ec2.model.VpcPeeringConnection;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * The AWS SDK for Java as one account uses it, with what tests do all the time.
 *
 * @param oapi the same account by the OUTSCALE API
 */
record Sdk(Account oapi, URI url, Ec2Client ec2, StsClient sts) {

    static Sdk of(LinkspanServer server, Account account) {
        AwsCredentials own =
                AwsBasicCredentials.create(account.key().id(), account.key().secret());
        return of(account, server.url(), own);
    }

    /** The same account with other credentials than its own. */
    Sdk with(AwsCredentials credentials) {
        return of(oapi, url, credentials);
    }

    /** The same account, asking at another address that leads to its server. */
    static Sdk at(URI url, Account account) {
        return of(
                account,
                url,
                AwsBasicCredentials.create(account.key().id(), account.key().secret()));
    }

    private static Sdk of(Account account, URI url, AwsCredentials credentials) {
        return new Sdk(
                account,
                url,
                built(Ec2Client.builder(), url, credentials),
                built(StsClient.builder(), url, credentials));
    }

    private static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C built(
            B builder, URI url, AwsCredentials credentials) {
        return builder.endpointOverride(url)
                .region(Region.of(LinkspanServer.REGION))
                .credentialsProvider(StaticCredentialsProvider.create(credentials))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    String id() {
        return oapi.id();
    }

    Vpc vpc(String range) {
        return ec2.createVpc(request -> request.cidrBlock(range)).vpc();
    }

    Subnet subnet(String vpc, String range, Consumer<CreateSubnetRequest.Builder> more) {
        return ec2.createSubnet(request -> request.vpcId(vpc).cidrBlock(range).applyMutation(more))
                .subnet();
    }

    String subnet(String vpc, String range) {
        return subnet(vpc, range, _ -> {}).subnetId();
    }

    /** The id of a request for a peering. */
    String requested(Vpc requester, Vpc accepter) {
        return ec2.createVpcPeeringConnection(request -> request.vpcId(requester.vpcId())
                        .peerVpcId(accepter.vpcId())
                        .peerOwnerId(accepter.ownerId()))
                .vpcPeeringConnection()
                .vpcPeeringConnectionId();
    }

    VpcPeeringConnection peering(String id) {
        return ec2.describeVpcPeeringConnections(request -> request.vpcPeeringConnectionIds(id))
                .vpcPeeringConnections()
                .getFirst();
    }

    static Filter filter(String name, String... values) {
        return Filter.builder().name(name).values(values).build();
    }

    static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }

    static TagSpecification tagged(ResourceType type, Tag... tags) {
        return TagSpecification.builder().resourceType(type).tags(tags).build();
    }

    /** What the SDK throws where the call is refused with this code; all that callers decide by is in it. */
    static AwsServiceException refused(String code, ThrowingCallable call) {
        AwsServiceException refusal = catchThrowableOfType(AwsServiceException.class, call);
        assertThat(refusal).as("a refusal with %s", code).isNotNull();
        assertThat(refusal.awsErrorDetails().errorCode())
                .as(refusal.getMessage())
                .isEqualTo(code);
        assertThat(refusal.requestId()).isNotEmpty();
        return refusal;
    }
}
