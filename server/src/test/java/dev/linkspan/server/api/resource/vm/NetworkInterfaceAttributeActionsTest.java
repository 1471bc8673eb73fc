package dev.linkspan.server.api.resource.vm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.server.api.ec2.Ec2Client.Answer;
import org.junit.jupiter.api.Test;

/** What is told and changed of one network interface by itself. */
class NetworkInterfaceAttributeActionsTest extends InstanceScenario {

    @Test
    void each_attribute_is_told_and_changed_by_itself() {
        String id = networkInterface("Description", "before");
        client.done("ModifyNetworkInterfaceAttribute", "NetworkInterfaceId", id, "Description.Value", "after");
        client.done("ModifyNetworkInterfaceAttribute", "NetworkInterfaceId", id, "SourceDestCheck.Value", "false");
        String group = fixture.defaultGroup(net).id().value();
        client.done("ModifyNetworkInterfaceAttribute", "NetworkInterfaceId", id, "SecurityGroupId.1", group);
        client.done("ModifyNetworkInterfaceAttribute", "NetworkInterfaceId", id, "AssociatePublicIpAddress", "false");

        assertThat(attribute(id, "description").text("//description/value")).isEqualTo("after");
        assertThat(attribute(id, "sourceDestCheck").text("//sourceDestCheck/value"))
                .isEqualTo("false");
        assertThat(attribute(id, "groupSet").text("//groupSet/item/groupId")).isEqualTo(group);
        assertThat(attribute(id, "attachment").texts("//attachment/*")).isEmpty();
        assertThat(attribute(id, "associatePublicIpAddress").text("//associatePublicIpAddress"))
                .isEqualTo("false");
        assertThat(client.refused(
                        "InvalidParameterValue",
                        "DescribeNetworkInterfaceAttribute",
                        "NetworkInterfaceId",
                        id,
                        "Attribute",
                        "colour"))
                .contains("groupSet");
    }

    private Answer attribute(String id, String attribute) {
        Answer answer =
                client.done("DescribeNetworkInterfaceAttribute", "NetworkInterfaceId", id, "Attribute", attribute);
        assertThat(answer.text("//networkInterfaceId")).isEqualTo(id);
        return answer;
    }

    @Test
    void an_attachment_is_told_and_its_end_can_be_changed() {
        String instance = instance();
        String id = networkInterface();
        String attachment = client.done(
                        "AttachNetworkInterface", "NetworkInterfaceId", id, "InstanceId", instance, "DeviceIndex", "1")
                .text("//attachmentId");
        String[] change = {
            "NetworkInterfaceId", id,
            "Attachment.AttachmentId", attachment,
            "Attachment.DeleteOnTermination", "true"
        };
        client.done("ModifyNetworkInterfaceAttribute", change);
        assertThat(attribute(id, "attachment").text("//attachment/deleteOnTermination"))
                .isEqualTo("true");
        assertThat(client.refused(
                        "MissingParameter",
                        "ModifyNetworkInterfaceAttribute",
                        "NetworkInterfaceId",
                        id,
                        "Attachment.AttachmentId",
                        attachment))
                .contains("Attachment.DeleteOnTermination");
        client.done("TerminateInstances", "InstanceId.1", instance);
        client.refused("InvalidNetworkInterfaceID.NotFound", "ModifyNetworkInterfaceAttribute", change);
    }

    @Test
    void no_attribute_and_several_are_refused() {
        String id = networkInterface();
        assertThat(client.refused("MissingParameter", "ModifyNetworkInterfaceAttribute", "NetworkInterfaceId", id))
                .contains("Description.Value");
        client.refused(
                "InvalidParameterCombination",
                "ModifyNetworkInterfaceAttribute",
                "NetworkInterfaceId",
                id,
                "Description.Value",
                "x",
                "SourceDestCheck.Value",
                "false");
        client.refused(
                "InvalidParameterValue",
                "ModifyNetworkInterfaceAttribute",
                "NetworkInterfaceId",
                id,
                "AssociatePublicIpAddress",
                "true");
    }
}
