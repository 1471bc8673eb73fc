package dev.linkspan.server.api.resource.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.operation.DefaultNets;
import dev.linkspan.core.operation.DhcpOptionsSets;
import dev.linkspan.core.operation.Nets;
import dev.linkspan.core.operation.Subregions;
import dev.linkspan.core.operation.Tags;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.InMemoryStore;
import dev.linkspan.server.api.ec2.Ec2Client;
import dev.linkspan.server.api.ec2.Ec2Client.Answer;
import dev.linkspan.server.api.resource.net.VpcActions;
import dev.linkspan.server.api.resource.tag.TagActions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DhcpOptionsActionsTest {

    private static final String SET = "//dhcpOptionsSet/item/";
    private static final String DEFAULT = "dopt-00000001";

    private final InMemoryStore store = new InMemoryStore();
    private final Fixture fixture = new Fixture(store);
    private final AccountId account = fixture.account();
    private final String vpc = fixture.net(account, "10.0.0.0/16").id().value();
    private final Ec2Client client = as(account);

    private Ec2Client as(AccountId who) {
        Tags tags = new Tags();
        return new Ec2Client(
                store,
                who,
                Stream.of(
                                new VpcActions(new Nets(), new DefaultNets(new Subregions(List.of())), tags)
                                        .operations(),
                                new DhcpOptionsActions(new DhcpOptionsSets(), new Nets(), tags).operations(),
                                new TagActions(tags).operations())
                        .flatMap(List::stream)
                        .toList());
    }

    private Answer create() {
        return client.done(
                "CreateDhcpOptions",
                "DhcpConfiguration.1.Key",
                "domain-name-servers",
                "DhcpConfiguration.1.Value.1",
                "10.0.0.9",
                "DhcpConfiguration.1.Value.2",
                "AmazonProvidedDNS",
                "DhcpConfiguration.2.Key",
                "domain-name",
                "DhcpConfiguration.2.Value.1",
                "example.com",
                "TagSpecification.1.ResourceType",
                "dhcp-options",
                "TagSpecification.1.Tag.1.Key",
                "Name",
                "TagSpecification.1.Tag.1.Value",
                "ours");
    }

    private String created() {
        return create().text("//dhcpOptionsId");
    }

    private List<String> described(String... parameters) {
        return client.done("DescribeDhcpOptions", parameters).texts(SET + "dhcpOptionsId");
    }

    private String optionsOfVpc() {
        return client.done("DescribeVpcs", "VpcId.1", vpc).text("//vpcSet/item/dhcpOptionsId");
    }

    @Test
    void a_set_is_made_and_described_with_all_its_fields() {
        Answer answer = create();
        String id = answer.text("//dhcpOptions/dhcpOptionsId");

        assertThat(answer.text("//dhcpOptions/ownerId")).isEqualTo(account.value());
        assertThat(answer.texts("//tagSet/item/value")).containsExactly("ours");
        assertThat(client.done("DescribeTags").texts("//tagSet/item/resourceType"))
                .containsExactly("dhcp-options");
        Answer described = client.done("DescribeDhcpOptions", "DhcpOptionsId.1", id);
        assertThat(described.texts(SET + "dhcpConfigurationSet/item[key='domain-name-servers']/valueSet/item/value"))
                .containsExactly("10.0.0.9", "AmazonProvidedDNS");
        assertThat(described.texts(SET + "dhcpConfigurationSet/item[key='domain-name']/valueSet/item/value"))
                .containsExactly("example.com");
        assertThat(described()).containsExactly(DEFAULT, id);
    }

    @Test
    void filters_narrow() {
        String id = created();

        assertThat(described("Filter.1.Name", "key", "Filter.1.Value.1", "domain-name"))
                .containsExactly(id);
        assertThat(described("Filter.1.Name", "value", "Filter.1.Value.1", "10.0.0.*"))
                .containsExactly(id);
        assertThat(described("Filter.1.Name", "tag:Name", "Filter.1.Value.1", "ours"))
                .containsExactly(id);
        assertThat(described("Filter.1.Name", "dhcp-options-id", "Filter.1.Value.1", DEFAULT))
                .containsExactly(DEFAULT);
        assertThat(described("Filter.1.Name", "owner-id", "Filter.1.Value.1", account.value()))
                .containsExactly(DEFAULT, id);
    }

    @Test
    void a_vpc_has_one_set_at_a_time_which_stays_meanwhile() {
        String id = created();
        assertThat(optionsOfVpc()).isEqualTo(DEFAULT);

        client.done("AssociateDhcpOptions", "DhcpOptionsId", id, "VpcId", vpc);
        assertThat(optionsOfVpc()).isEqualTo(id);
        assertThat(client.refused("DependencyViolation", "DeleteDhcpOptions", "DhcpOptionsId", id))
                .contains(vpc);

        client.done("AssociateDhcpOptions", "DhcpOptionsId", "default", "VpcId", vpc);
        assertThat(optionsOfVpc()).isEqualTo(DEFAULT);
        client.done("DeleteDhcpOptions", "DhcpOptionsId", id);
        client.refused("InvalidDhcpOptionID.NotFound", "DescribeDhcpOptions", "DhcpOptionsId.1", id);
        client.refused("DependencyViolation", "DeleteDhcpOptions", "DhcpOptionsId", DEFAULT);
    }

    @Test
    void what_cannot_be_an_option_is_refused() {
        String key = "DhcpConfiguration.1.Key";
        String value = "DhcpConfiguration.1.Value.1";
        assertThat(client.refused("InvalidParameterValue", "CreateDhcpOptions", key, "colour", value, "red"))
                .contains("colour", "ntp-servers");
        client.refused("InvalidParameterValue", "CreateDhcpOptions", key, "ntp-servers", value, "here");
        client.refused("InvalidParameterValue", "CreateDhcpOptions", key, "ntp-servers");
        client.refused("MissingParameter", "CreateDhcpOptions");
        client.refused(
                "InvalidParameterCombination",
                "CreateDhcpOptions",
                key,
                "domain-name",
                value,
                "a",
                "DhcpConfiguration.2.Key",
                "domain-name",
                "DhcpConfiguration.2.Value.1",
                "b");
        client.refused("InvalidDhcpOptionsId.Malformed", "DeleteDhcpOptions", "DhcpOptionsId", "dopt-x");
    }

    @Test
    @Rule("A4")
    void a_set_of_another_account_is_not_found() {
        String id = created();
        AccountId stranger = fixture.account();
        String theirs = fixture.net(stranger, "10.0.0.0/16").id().value();
        String code = "InvalidDhcpOptionID.NotFound";

        as(stranger).refused(code, "DescribeDhcpOptions", "DhcpOptionsId.1", id);
        as(stranger).refused(code, "DeleteDhcpOptions", "DhcpOptionsId", id);
        as(stranger).refused(code, "AssociateDhcpOptions", "DhcpOptionsId", id, "VpcId", theirs);
        client.refused("InvalidVpcID.NotFound", "AssociateDhcpOptions", "DhcpOptionsId", id, "VpcId", theirs);
    }
}
