package dev.linkspan.server.api.resource.vm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What can be asked for of a network interface, and what cannot. */
class NetworkInterfaceRequestsTest extends InstanceScenario {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            InterfaceType                         | efa        | InvalidParameterValue    | InterfaceType
            Ipv6AddressCount                      | 1          | InvalidParameterValue    | Ipv6AddressCount
            EnablePrimaryIpv6                     | true       | InvalidParameterValue    | EnablePrimaryIpv6
            PrivateIpAddress                      | 10.0.1.3   | InvalidParameterValue    | 10.0.1.3
            PrivateIpAddress                      | ten        | InvalidParameterValue    | PrivateIpAddress
            SecurityGroupId.1                     | sg-00000001 | InvalidGroup.NotFound   | SecurityGroupId
            TagSpecification.1.ResourceType       | instance   | InvalidParameterValue    | TagSpecification
            Colour                                | red        | UnknownParameter         | Colour
            """)
    void what_an_interface_cannot_have_is_refused_by_name(String parameter, String value, String code, String named) {
        long before = fixture.read(snapshot -> snapshot.events().lastSequence());

        assertThat(client.refused(
                        code, "CreateNetworkInterface", "SubnetId", subnet.id().value(), parameter, value))
                .contains(named);

        long after = fixture.read(snapshot -> snapshot.events().lastSequence());
        assertThat(after).isEqualTo(before);
    }

    @Test
    void ids_of_another_kind_are_told_apart() {
        client.refused(
                "InvalidNetworkInterfaceId.Malformed", "DeleteNetworkInterface", "NetworkInterfaceId", "i-00000001");
        client.refused(
                "InvalidNetworkInterfaceAttachmentId.Malformed",
                "DetachNetworkInterface",
                "AttachmentId",
                "eni-00000001");
        client.refused(
                "InvalidInstanceID.Malformed",
                "AttachNetworkInterface",
                "NetworkInterfaceId",
                "eni-00000001",
                "InstanceId",
                "vm-1",
                "DeviceIndex",
                "1");
    }
}
