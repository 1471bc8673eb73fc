package dev.linkspan.acceptance.clients;

import static dev.linkspan.acceptance.clients.Sdk.filter;
import static dev.linkspan.acceptance.clients.Sdk.refused;
import static dev.linkspan.acceptance.clients.Sdk.tag;
import static dev.linkspan.acceptance.clients.Sdk.tagged;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.cli.client.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;
import software.amazon.awssdk.services.ec2.model.NetworkInterfaceAttribute;
import software.amazon.awssdk.services.ec2.model.NetworkInterfacePrivateIpAddress;
import software.amazon.awssdk.services.ec2.model.ResourceType;

/** Network interfaces: NICs. */
abstract class SdkNetworkInterfaces extends SdkFamily {

    private static NetworkInterface made(String range) {
        String subnet = alice.subnet(alice.vpc(range).vpcId(), range.replace("/16", "/24"));
        return alice.ec2()
                .createNetworkInterface(request -> request.subnetId(subnet)
                        .description("Made by a test")
                        .tagSpecifications(tagged(ResourceType.NETWORK_INTERFACE, tag("Name", "second"))))
                .networkInterface();
    }

    private static NetworkInterface seen(String id) {
        return alice
                .ec2()
                .describeNetworkInterfacesPaginator(request -> request.networkInterfaceIds(id))
                .networkInterfaces()
                .stream()
                .findFirst()
                .orElseThrow();
    }

    @Test
    void an_interface_has_all_its_fields_and_both_apis_show_it() {
        NetworkInterface made = made("10.90.0.0/16");
        String id = made.networkInterfaceId();

        assertThat(alice.ec2()
                        .waiter()
                        .waitUntilNetworkInterfaceAvailable(request -> request.networkInterfaceIds(id))
                        .matched()
                        .response())
                .isPresent();
        assertThat(made.privateIpAddress()).isEqualTo("10.90.0.4");
        assertThat(made.ownerId()).isEqualTo(alice.id());
        assertThat(made.description()).isEqualTo("Made by a test");
        assertThat(made.macAddress()).matches("([0-9a-f]{2}:){5}[0-9a-f]{2}");
        assertThat(made.sourceDestCheck()).isTrue();
        assertThat(made.tagSet()).containsExactly(tag("Name", "second"));
        assertThat(alice.oapi()
                        .ask("ReadNics", "Filters", Json.object("NicIds", List.of(id)))
                        .list("Nics"))
                .hasSize(1);
        alice.ec2().deleteNetworkInterface(request -> request.networkInterfaceId(id));
        refused("InvalidNetworkInterfaceID.NotFound", () -> seen(id));
    }

    @Test
    void attributes_and_addresses_are_changed() {
        String id = made("10.91.0.0/16").networkInterfaceId();

        alice.ec2()
                .modifyNetworkInterfaceAttribute(
                        request -> request.networkInterfaceId(id).sourceDestCheck(flag -> flag.value(false)));
        alice.ec2()
                .modifyNetworkInterfaceAttribute(
                        request -> request.networkInterfaceId(id).description(text -> text.value("Changed")));
        alice.ec2()
                .assignPrivateIpAddresses(
                        request -> request.networkInterfaceId(id).privateIpAddresses("10.91.0.20", "10.91.0.21"));
        alice.ec2()
                .unassignPrivateIpAddresses(
                        request -> request.networkInterfaceId(id).privateIpAddresses("10.91.0.21"));

        assertThat(alice.ec2()
                        .describeNetworkInterfaceAttribute(request ->
                                request.networkInterfaceId(id).attribute(NetworkInterfaceAttribute.SOURCE_DEST_CHECK))
                        .sourceDestCheck()
                        .value())
                .isFalse();
        NetworkInterface seen = seen(id);
        assertThat(seen.description()).isEqualTo("Changed");
        assertThat(seen.privateIpAddresses())
                .extracting(NetworkInterfacePrivateIpAddress::privateIpAddress)
                .containsExactlyInAnyOrder("10.91.0.4", "10.91.0.20");
    }

    @Test
    void an_interface_is_attached_and_detached() {
        NetworkInterface nic = made("10.92.0.0/16");
        String id = nic.networkInterfaceId();
        String instance = alice.ec2()
                .runInstances(request -> request.imageId(SdkInstances.image())
                        .minCount(1)
                        .maxCount(1)
                        .subnetId(nic.subnetId()))
                .instances()
                .getFirst()
                .instanceId();

        String attachment = alice.ec2()
                .attachNetworkInterface(request ->
                        request.networkInterfaceId(id).instanceId(instance).deviceIndex(1))
                .attachmentId();

        assertThat(alice.ec2()
                        .describeNetworkInterfaces(
                                request -> request.filters(filter("attachment.instance-id", instance)))
                        .networkInterfaces())
                .extracting(NetworkInterface::networkInterfaceId)
                .hasSize(2)
                .contains(id);
        alice.ec2().detachNetworkInterface(request -> request.attachmentId(attachment));
        alice.ec2().waiter().waitUntilNetworkInterfaceAvailable(request -> request.networkInterfaceIds(id));
    }
}
