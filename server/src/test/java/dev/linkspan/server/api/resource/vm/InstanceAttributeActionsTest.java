package dev.linkspan.server.api.resource.vm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.server.api.ec2.Ec2Client.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is told and changed of one instance by itself. */
class InstanceAttributeActionsTest extends InstanceScenario {

    private String attribute(String id, String attribute) {
        Answer answer = client.done("DescribeInstanceAttribute", "InstanceId", id, "Attribute", attribute);
        assertThat(answer.text("//instanceId")).isEqualTo(id);
        return answer.text("/DescribeInstanceAttributeResponse/" + attribute + "/value");
    }

    @Test
    void every_attribute_of_an_instance_is_told() {
        String id = instance("UserData", "aGVsbG8=", "InstanceInitiatedShutdownBehavior", "terminate");

        assertThat(attribute(id, "instanceType")).isEqualTo("t2.small");
        assertThat(attribute(id, "userData")).isEqualTo("aGVsbG8=");
        assertThat(attribute(id, "disableApiTermination")).isEqualTo("false");
        assertThat(attribute(id, "disableApiStop")).isEqualTo("false");
        assertThat(attribute(id, "instanceInitiatedShutdownBehavior")).isEqualTo("terminate");
        assertThat(attribute(id, "sourceDestCheck")).isEqualTo("true");
        assertThat(attribute(id, "ebsOptimized")).isEqualTo("false");
        assertThat(attribute(id, "enaSupport")).isEqualTo("false");
        assertThat(attribute(id, "rootDeviceName")).isEqualTo("/dev/sda1");
        assertThat(attribute(id, "kernel")).isEmpty();
        assertThat(attribute(id, "ramdisk")).isEmpty();
        assertThat(attribute(id, "sriovNetSupport")).isEmpty();
        assertThat(client.done("DescribeInstanceAttribute", "InstanceId", id, "Attribute", "groupSet")
                        .text("//groupSet/item/groupId"))
                .isEqualTo(fixture.defaultGroup(net).id().value());
        assertThat(client.done("DescribeInstanceAttribute", "InstanceId", id, "Attribute", "enclaveOptions")
                        .text("//enclaveOptions/enabled"))
                .isEqualTo("false");
        Answer codes = client.done("DescribeInstanceAttribute", "InstanceId", id, "Attribute", "productCodes");
        assertThat(codes.texts("//productCodes")).hasSize(1);
        assertThat(codes.texts("//productCodes/item")).isEmpty();
        assertThat(client.done("DescribeInstanceAttribute", "InstanceId", id, "Attribute", "blockDeviceMapping")
                        .texts("//blockDeviceMapping/item/deviceName"))
                .containsExactly("/dev/sda1");
        assertThat(client.refused(
                        "InvalidParameterValue", "DescribeInstanceAttribute", "InstanceId", id, "Attribute", "colour"))
                .contains("disableApiStop");
    }

    @Test
    void an_instance_without_user_data_has_none() {
        Answer answer = client.done("DescribeInstanceAttribute", "InstanceId", instance(), "Attribute", "userData");
        assertThat(answer.texts("//userData")).hasSize(1);
        assertThat(answer.texts("//userData/value")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "DisableApiTermination.Value, disableApiTermination, true",
        "SourceDestCheck.Value, sourceDestCheck, false",
        "InstanceInitiatedShutdownBehavior.Value, instanceInitiatedShutdownBehavior, terminate",
        "EbsOptimized.Value, ebsOptimized, true",
        "DisableApiStop.Value, disableApiStop, true",
    })
    void an_attribute_is_changed_in_either_form(String parameter, String attribute, String value) {
        String one = instance();
        String other = instance();

        client.done("ModifyInstanceAttribute", "InstanceId", one, parameter, value);
        client.done("ModifyInstanceAttribute", "InstanceId", other, "Attribute", attribute, "Value", value);

        assertThat(attribute(one, attribute)).isEqualTo(value);
        assertThat(attribute(other, attribute)).isEqualTo(value);
    }

    @Test
    void an_instance_that_is_protected_stops_when_the_protection_is_gone() {
        String id = instance("DisableApiStop", "true");
        assertThat(attribute(id, "disableApiStop")).isEqualTo("true");

        assertThat(client.refused("OperationNotPermitted", "StopInstances", "InstanceId.1", id, "Force", "true"))
                .contains(id, "DisableApiStop");
        client.done("RebootInstances", "InstanceId.1", id);
        client.done("ModifyInstanceAttribute", "InstanceId", id, "DisableApiStop.Value", "false");
        client.done("StopInstances", "InstanceId.1", id);
    }

    @Test
    void what_a_machine_is_made_of_changes_while_it_is_stopped() {
        String id = instance();
        String[] type = {"InstanceId", id, "InstanceType.Value", "t2.nano"};
        String[] data = {"InstanceId", id, "UserData.Value", "aGVsbG8="};
        client.refused("IncorrectInstanceState", "ModifyInstanceAttribute", type);
        client.refused("IncorrectInstanceState", "ModifyInstanceAttribute", data);

        client.done("StopInstances", "InstanceId.1", id);
        client.done("ModifyInstanceAttribute", type);
        client.done("ModifyInstanceAttribute", data);

        assertThat(attribute(id, "instanceType")).isEqualTo("t2.nano");
        assertThat(attribute(id, "userData")).isEqualTo("aGVsbG8=");
        client.done("ModifyInstanceAttribute", "InstanceId", id, "UserData.Value", "");
        assertThat(attribute(id, "userData")).isEmpty();
    }

    @Test
    void groups_of_an_instance_are_those_of_its_primary_interface() {
        String id = instance();
        String group = fixture.defaultGroup(net).id().value();
        client.done("ModifyInstanceAttribute", "InstanceId", id, "GroupId.1", group);
        assertThat(client.done("DescribeInstances").texts("//networkInterfaceSet/item/groupSet/item/groupId"))
                .containsExactly(group);
        client.refused(
                "InvalidGroup.NotFound", "ModifyInstanceAttribute", "InstanceId", id, "GroupId.1", "sg-00000001");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            Attribute             | colour  | Value                 | red  | InvalidParameterValue       | colour
            Attribute             | kernel  | Value                 | x    | InvalidParameterValue       | kernel
            Attribute             | userData | -                    | -    | MissingParameter            | Value
            Attribute             | sourceDestCheck | Value          | no   | InvalidParameterValue       | sourceDestCheck
            SourceDestCheck.Value | false   | EbsOptimized.Value    | true | InvalidParameterCombination | 2
            SourceDestCheck       | false   | -                     | -    | UnknownParameter            | SourceDestCheck
            UserData.Value        | not base64 | -                  | -    | InvalidParameterValue       | UserData
            """)
    void what_cannot_be_changed_so_is_refused_by_name(
            String first, String value, String second, String other, String code, String named) {
        String id = instance();
        String[] parameters = second == null
                ? new String[] {"InstanceId", id, first, value}
                : new String[] {"InstanceId", id, first, value, second, other};
        assertThat(client.refused(code, "ModifyInstanceAttribute", parameters)).contains(named);
        client.refused("MissingParameter", "ModifyInstanceAttribute", "InstanceId", id);
    }

    @Test
    void a_terminated_instance_keeps_its_attributes_and_cannot_be_changed() {
        String id = instance();
        client.done("TerminateInstances", "InstanceId.1", id);

        assertThat(attribute(id, "disableApiStop")).isEqualTo("false");
        assertThat(attribute(id, "sourceDestCheck")).isEmpty();
        client.refused(
                "IncorrectInstanceState", "ModifyInstanceAttribute", "InstanceId", id, "EbsOptimized.Value", "true");
    }

    @Test
    @Rule("A4")
    void another_accounts_instance_is_unknown() {
        String id = instance();
        for (String action : new String[] {"DescribeInstanceAttribute", "ModifyInstanceAttribute"}) {
            String[] parameters = action.startsWith("Describe")
                    ? new String[] {"InstanceId", id, "Attribute", "userData"}
                    : new String[] {"InstanceId", id, "EbsOptimized.Value", "true"};
            stranger.refused("InvalidInstanceID.NotFound", action, parameters);
        }
        stranger.refused("InvalidInstanceID.NotFound", "GetInstanceUefiData", "InstanceId", id);
        stranger.refused("InvalidInstanceID.NotFound", "DescribeInstanceStatus", "InstanceId.1", id);
    }

    @Test
    void there_is_no_uefi_data() {
        String id = instance();
        Answer answer = client.done("GetInstanceUefiData", "InstanceId", id);
        assertThat(answer.text("//instanceId")).isEqualTo(id);
        assertThat(answer.texts("//uefiData")).isEmpty();
    }
}
