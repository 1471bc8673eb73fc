package dev.linkspan.server.api.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.operation.DefaultNets;
import dev.linkspan.core.operation.Nets;
import dev.linkspan.core.operation.Subregions;
import dev.linkspan.core.operation.Tags;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.InMemoryStore;
import dev.linkspan.core.tag.Tag;
import dev.linkspan.server.api.call.Operation;
import dev.linkspan.server.api.ec2.Ec2Client.Answer;
import dev.linkspan.server.api.resource.net.VpcActions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is the same for every action. */
class Ec2EndpointTest {

    private static final String FORM = "application/x-www-form-urlencoded";

    private final InMemoryStore store = new InMemoryStore();
    private final Fixture fixture = new Fixture(store);
    private final AccountId account = fixture.account();
    private final Ec2Client client = new Ec2Client(
            store,
            account,
            new VpcActions(new Nets(), new DefaultNets(new Subregions(List.of())), new Tags()).operations());

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            Action=MakeCoffee&Version=2016-11-15                              | UnsupportedOperation        | MakeCoffee
            Action=CreateEgressOnlyInternetGateway&Version=2016-11-15&TagSpecification.1.ResourceType=x | UnsupportedOperation | routes lead to peering connections
            Action=AssociateNatGatewayAddress&Version=2016-11-15&NatGatewayId=x | UnsupportedOperation      | has the one address
            Action=CreateVpcEndpoint&Version=2016-11-15                       | UnsupportedOperation        | services to make endpoints for
            Action=CreateVpnGateway&Version=2016-11-15&Type=ipsec.1           | UnsupportedOperation        | there is no VPN
            Action=CreateTransitGateway&Version=2016-11-15                    | UnsupportedOperation        | VPCs are peered with one another
            Action=CreateManagedPrefixList&Version=2016-11-15                 | UnsupportedOperation        | rules and routes name ranges
            Action=AssociateVpcCidrBlock&Version=2016-11-15                   | UnsupportedOperation        | one range
            Action=CreateFlowLogs&Version=2016-11-15                          | UnsupportedOperation        | not logged
            Action=DescribeVpcClassicLink&Version=2016-11-15                  | UnsupportedOperation        | The functionality you requested is not available in this region
            Action=%3Cb%3E&Version=2016-11-15                                 | UnsupportedOperation        | does not name an action
            Version=2016-11-15                                                | MissingParameter            | Action
            Action=DescribeVpcs                                               | MissingParameter            | Version
            Action=DescribeVpcs&Version=latest                                | InvalidParameterValue       | 2016-11-15
            Action=DescribeVpcs&Version=2016-11-15&Colour=red                 | UnknownParameter            | Colour
            Action=DescribeVpcs&Version=2016-11-15&VpcId=vpc-00000001         | UnknownParameter            | VpcId
            Action=DescribeVpcs&Version=2016-11-15&VpcId.x=vpc-00000001       | UnknownParameter            | VpcId.x
            Action=DescribeVpcs&Version=2016-11-15&VpcId.1.Name=x             | UnknownParameter            | VpcId.1.Name
            Action=DescribeVpcs&Version=2016-11-15&Filter.1=x                 | UnknownParameter            | Filter.1
            Action=DescribeVpcs&Version=2016-11-15&Filter.1.Colour=x          | UnknownParameter            | Filter.1.Colour
            Action=DescribeVpcs&Version=2016-11-15&Filter.1.Value.1=x         | MissingParameter            | Name
            Action=DescribeVpcs&Version=2016-11-15&Filter.1.Name=state        | InvalidParameterValue       | values
            Action=DescribeVpcs&Version=2016-11-15&Filter.1.Name=NetId&Filter.1.Value.1=x | InvalidParameterValue | 'NetId' of Filter
            Action=DescribeVpcs&Version=2016-11-15&MaxResults=many            | InvalidParameterValue       | whole number
            Action=DescribeVpcs&Version=2016-11-15&DryRun=perhaps             | InvalidParameterValue       | true or false
            Action=DescribeVpcs&Version=2016-11-15&Action=DescribeVpcs        | InvalidParameterCombination | more than once
            Action=CreateVpc&Version=2016-11-15&CidrBlock=10.0.0.0/8          | InvalidVpc.Range            | CidrBlock
            Action=CreateVpc&Version=2016-11-15&CidrBlock=ten                 | InvalidParameterValue       | CidrBlock
            Action=CreateVpc&Version=2016-11-15&CidrBlock=10.0.0.0/16&AmazonProvidedIpv6CidrBlock=true | InvalidParameterValue | IPv4
            Action=DeleteVpc&Version=2016-11-15&VpcId=%00                     | InvalidParameterValue       | XML
            Action=DeleteVpc&Version=2016-11-15&VpcId=%zz                     | MalformedQueryString        | percent-encoded
            """)
    void what_is_wrong_is_told_with_the_documented_code(String body, String code, String told) {
        long before = fixture.read(snapshot -> snapshot.events().lastSequence());

        Answer answer = client.send("POST", body, FORM);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).as(answer.message()).isEqualTo(code);
        assertThat(answer.message()).contains(told);
        long after = fixture.read(snapshot -> snapshot.events().lastSequence());
        assertThat(after).isEqualTo(before);
    }

    @Test
    void bodies_that_are_no_forms_are_refused() {
        assertThat(client.send("POST", "{\"Action\":\"DescribeVpcs\"}", "application/json")
                        .code())
                .isEqualTo("MalformedQueryString");
        assertThat(client.send("PUT", "", FORM).code()).isEqualTo("MalformedQueryString");
        assertThat(client.send("GET", "", FORM).code()).isEqualTo("MissingParameter");
    }

    @Test
    void dry_run_changes_nothing_and_says_what_would_have_been() {
        Answer rehearsed = client.call("CreateVpc", "CidrBlock", "10.0.0.0/16", "DryRun", "true");
        assertThat(rehearsed.status()).isEqualTo(412);
        assertThat(rehearsed.code()).isEqualTo("DryRunOperation");
        assertThat(client.done("DescribeVpcs").texts("//vpcSet/item")).isEmpty();
        client.refused("InvalidVpc.Range", "CreateVpc", "CidrBlock", "10.0.0.0/8", "DryRun", "true");
        assertThat(client.call("DescribeVpcs", "DryRun", "true").code()).isEqualTo("DryRunOperation");
    }

    @Test
    void a_vpc_is_made_and_described_and_deleted() {
        Answer created = client.done(
                "CreateVpc",
                "CidrBlock",
                "10.0.0.0/16",
                "TagSpecification.1.ResourceType",
                "vpc",
                "TagSpecification.1.Tag.1.Key",
                "Name",
                "TagSpecification.1.Tag.1.Value",
                "]]>\u00e9\ud83d\ude00");
        String id = created.text("//vpc/vpcId");
        assertThat(created.text("//vpc/ownerId")).isEqualTo(account.value());

        Answer described = client.done("DescribeVpcs", "VpcId.1", id);
        assertThat(described.text("//vpcSet/item/cidrBlock")).isEqualTo("10.0.0.0/16");
        assertThat(described.text("//vpcSet/item/instanceTenancy")).isEqualTo("default");
        assertThat(described.text("//vpcSet/item/tagSet/item/value")).isEqualTo("]]>\u00e9\ud83d\ude00");
        Answer attribute = client.done("DescribeVpcAttribute", "VpcId", id, "Attribute", "enableDnsSupport");
        assertThat(attribute.text("//enableDnsSupport/value")).isEqualTo("true");

        client.done("DeleteVpc", "VpcId", id);
        client.refused("InvalidVpcID.NotFound", "DescribeVpcs", "VpcId.1", id);
    }

    @Test
    void what_xml_cannot_hold_is_shown_as_the_replacement_character() {
        Net net = fixture.net(account, "10.0.0.0/16");
        fixture.change(unit -> {
            unit.tags().save(new Tag(net.id(), account, "odd", "a\u0001b"));
            return net;
        });
        assertThat(client.done("DescribeVpcs").text("//tagSet/item/value")).isEqualTo("a\ufffdb");
    }

    @Test
    void a_tag_for_something_else_and_a_tag_twice_make_nothing() {
        client.refused(
                "InvalidParameterValue",
                "CreateVpc",
                "CidrBlock",
                "10.0.0.0/16",
                "TagSpecification.1.ResourceType",
                "instance",
                "TagSpecification.1.Tag.1.Key",
                "Name");
        client.refused(
                "InvalidParameterCombination",
                "CreateVpc",
                "CidrBlock",
                "10.0.0.0/16",
                "TagSpecification.1.ResourceType",
                "vpc",
                "TagSpecification.1.Tag.1.Key",
                "Name",
                "TagSpecification.1.Tag.2.Key",
                "Name");
        assertThat(client.done("DescribeVpcs").texts("//vpcSet/item")).isEmpty();
    }

    @Test
    @Rule("A3")
    void sts_tells_whose_key_it_is() {
        Answer identity = client.done("GetCallerIdentity");
        assertThat(List.of(
                        identity.text("/GetCallerIdentityResponse/GetCallerIdentityResult/Account"),
                        identity.text("//Arn")))
                .containsExactly(account.value(), "arn:aws:iam::%s:root".formatted(account));
        assertThat(identity.document().getDocumentElement().getAttribute("xmlns"))
                .isEqualTo("https://sts.amazonaws.com/doc/2011-06-15/");
        Answer refused = client.call("GetCallerIdentity", "Colour", "red");
        assertThat(refused.text("/ErrorResponse/Error/Code")).isEqualTo("UnknownParameter");
    }

    @Test
    void an_action_can_be_asked_for_by_an_address() {
        Answer made = client.get("Action=CreateVpc&Version=2016-11-15&CidrBlock=10.0.0.0%2F16");
        String presigned = "&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=KEY&X-Amz-Date=20261122T184449Z"
                + "&X-Amz-Expires=60&X-Amz-SignedHeaders=host&X-Amz-Security-Token=token&X-Amz-Signature=00";

        assertThat(made.status()).isEqualTo(200);
        assertThat(client.get("Action=DescribeVpcs&Version=2016-11-15" + presigned)
                        .texts("//vpcSet/item/vpcId"))
                .containsExactly(made.text("//vpc/vpcId"));
        assertThat(client.get("Action=GetCallerIdentity&Version=2011-06-15" + presigned)
                        .text("//Account"))
                .isEqualTo(account.value());
        assertThat(client.get("Action=DescribeVpcs&Version=2016-11-15&Colour=red")
                        .code())
                .isEqualTo("UnknownParameter");
    }

    @Test
    void what_is_absent_has_no_element() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("StartDate", Optional.empty());
        fields.put("EndDate", Optional.of("2026-11-22T18:44:49.000Z"));
        Operation action = Operation.read("DescribeDates", Operation.Nothing.class, (_, _) -> Map.of("Dates", fields));
        Ec2Client other = new Ec2Client(store, account, List.of(action));

        assertThat(other.done("DescribeDates").texts("//dates/*")).containsExactly("2026-11-22T18:44:49.000Z");
    }
}
