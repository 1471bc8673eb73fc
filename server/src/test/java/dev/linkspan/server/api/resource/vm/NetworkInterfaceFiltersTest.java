package dev.linkspan.server.api.resource.vm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.server.api.ec2.Ec2Client.Answer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How network interfaces are found, and how many at once. */
class NetworkInterfaceFiltersTest extends InstanceScenario {

    private static final String ITEM = "//networkInterfaceSet/item";

    private List<String> found(String filter, String value) {
        return client.done("DescribeNetworkInterfaces", "Filter.1.Name", filter, "Filter.1.Value.1", value)
                .texts(ITEM + "/networkInterfaceId");
    }

    @Test
    void filters_find_what_has_the_value() {
        String free = networkInterface("Description", "spare", "PrivateIpAddress", "10.0.1.9");
        String instance = instance();
        List<String> all = client.done("DescribeNetworkInterfaces").texts(ITEM + "/networkInterfaceId");
        String used = all.getLast();

        assertThat(all).hasSize(2).startsWith(free);
        assertThat(found("status", "available")).containsExactly(free);
        assertThat(found("status", "in-use")).containsExactly(used);
        assertThat(found("description", "sp*")).containsExactly(free);
        assertThat(found("private-ip-address", "10.0.1.9")).containsExactly(free);
        assertThat(found("network-interface-id", free)).containsExactly(free);
        assertThat(found("attachment.instance-id", instance)).containsExactly(used);
        assertThat(found("attachment.instance-owner-id", owner.value())).containsExactly(used);
        assertThat(found("attachment.delete-on-termination", "true")).containsExactly(used);
        assertThat(found("attachment.device-index", "0")).containsExactly(used);
        assertThat(found("subnet-id", subnet.id().value())).isEqualTo(all);
        assertThat(found("vpc-id", net.id().value())).isEqualTo(all);
        assertThat(found("group-id", fixture.defaultGroup(net).id().value())).isEqualTo(all);
        assertThat(found("group-name", "default")).isEqualTo(all);
        assertThat(found("requester-managed", "false")).isEqualTo(all);
        assertThat(found("association.public-ip", "*")).isEmpty();
        assertThat(found("attachment.instance-owner-id", "amazon-elb")).isEmpty();
        client.refused(
                "InvalidParameterValue", "DescribeNetworkInterfaces", "Filter.1.Name", "x", "Filter.1.Value.1", "y");
    }

    @Test
    void pages_follow_one_another_to_the_end() {
        for (int i = 0; i < 6; i++) {
            networkInterface();
        }
        Answer first = client.done("DescribeNetworkInterfaces", "MaxResults", "5");
        Answer second =
                client.done("DescribeNetworkInterfaces", "MaxResults", "5", "NextToken", first.text("//nextToken"));
        assertThat(first.texts(ITEM)).hasSize(5);
        assertThat(second.texts(ITEM)).hasSize(1);
        assertThat(second.texts("//nextToken")).isEmpty();
    }
}
