package dev.linkspan.server.api.resource.vm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.server.api.ec2.Ec2Client.Answer;
import dev.linkspan.server.api.resource.keypair.KeyFiles;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How instances are found, and how many at once. */
class InstanceFiltersTest extends InstanceScenario {

    private Answer described(String... parameters) {
        return client.done("DescribeInstances", parameters);
    }

    private List<String> found(String filter, String value) {
        return described("Filter.1.Name", filter, "Filter.1.Value.1", value).texts("//instancesSet/item/instanceId");
    }

    @ParameterizedTest
    @CsvSource({
        "instance-type, t2.m*",
        "instance-state-name, running",
        "instance-state-code, 16",
        "private-ip-address, 10.0.1.9",
        "private-dns-name, ip-10-0-1-9.*",
        "instance.group-name, default",
        "source-dest-check, true",
        "architecture, x86_64",
        "availability-zone, eu-west-2a",
        "availability-zone-id, euw2-az1",
        "network-interface.availability-zone, eu-west-2a",
        "network-interface.tag-key, Side",
        "network-interface.tag-value, in*",
        "image-id, ami-00000001",
        "tenancy, default",
        "launch-index, 0",
        "root-device-name, /dev/sda1",
        "monitoring-state, disabled",
        "tag:Name, web",
        "tag-key, Name",
        "key-name, min*",
        "network-interface.addresses.private-ip-address, 10.0.1.9",
        "network-interface.addresses.primary, true",
        "network-interface.attachment.device-index, 0",
        "network-interface.attachment.status, attached",
        "network-interface.status, in-use",
        "network-interface.description, Primary*",
        "network-interface.group-name, default",
    })
    void filters_find_what_has_the_value(String filter, String value) {
        client.done("ImportKeyPair", "KeyName", "mine", "PublicKeyMaterial", KeyFiles.base64("rsa.pub"));
        String id = instance(
                "InstanceType", "t2.micro",
                "KeyName", "mine",
                "PrivateIpAddress", "10.0.1.9",
                "TagSpecification.1.ResourceType", "instance",
                "TagSpecification.1.Tag.1.Key", "Name",
                "TagSpecification.1.Tag.1.Value", "web",
                "TagSpecification.2.ResourceType", "network-interface",
                "TagSpecification.2.Tag.1.Key", "Side",
                "TagSpecification.2.Tag.1.Value", "inner");

        assertThat(found(filter, value)).containsExactly(id);
        assertThat(found(filter, "something else")).isEmpty();
    }

    @Test
    void filters_find_by_id_and_by_what_it_is_in() {
        String id = instance();
        instance(
                "NetworkInterface.1.DeviceIndex",
                "0",
                "NetworkInterface.1.SubnetId",
                fixture.subnet(net, "10.0.2.0/24").id().value());
        Answer one = described("InstanceId.1", id);

        assertThat(found("instance-id", id)).containsExactly(id);
        assertThat(found("subnet-id", subnet.id().value())).containsExactly(id);
        assertThat(found("reservation-id", one.text("//reservationId"))).containsExactly(id);
        assertThat(found("launch-time", one.text("//launchTime"))).contains(id);
        assertThat(found("network-interface.network-interface-id", one.text("//networkInterfaceId")))
                .containsExactly(id);
        assertThat(found("network-interface.attachment.instance-id", id)).containsExactly(id);
        assertThat(found("vpc-id", net.id().value())).hasSize(2);
        assertThat(found("owner-id", owner.value())).hasSize(2);
        assertThat(found("key-name", "*")).isEmpty();
        assertThat(client.refused(
                        "InvalidParameterValue",
                        "DescribeInstances",
                        "Filter.1.Name",
                        "colour",
                        "Filter.1.Value.1",
                        "red"))
                .contains("colour");
    }

    @Test
    void pages_follow_one_another_to_the_end() {
        run("MinCount", "4", "MaxCount", "4");
        run("MinCount", "3", "MaxCount", "3");
        List<String> all = described().texts("//instancesSet/item/instanceId");

        Answer first = described("MaxResults", "5");
        Answer second = described("MaxResults", "5", "NextToken", first.text("//nextToken"));

        assertThat(first.texts("//instancesSet/item/instanceId")).isEqualTo(all.subList(0, 5));
        assertThat(second.texts("//instancesSet/item/instanceId")).isEqualTo(all.subList(5, 7));
        assertThat(first.texts("//reservationSet/item")).hasSize(2);
        assertThat(second.texts("//nextToken")).isEmpty();
        client.refused("InvalidParameterValue", "DescribeInstances", "MaxResults", "4");
        client.refused("InvalidNextToken", "DescribeInstances", "NextToken", "x");
    }
}
