package dev.linkspan.server.api.resource.vm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.server.api.ec2.Ec2Client.Answer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What can be asked for of an instance, and what cannot. */
class InstanceRequestsTest extends InstanceScenario {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ImageId                                      | ami-00000002 | InvalidAMIID.NotFound        | ImageId
            ImageId                                      | vpc-00000001 | InvalidAMIID.Malformed       | ImageId
            MinCount                                     | 0            | InvalidParameterValue        | MinCount
            MinCount                                     | 2            | InvalidParameterCombination  | MaxCount
            MaxCount                                     | 1001         | InvalidParameterValue        | MaxCount
            MaxCount                                     | many         | InvalidParameterValue        | MaxCount
            InstanceType                                 | huge         | InvalidParameterValue        | InstanceType
            UserData                                     | not base64   | InvalidParameterValue        | UserData
            KeyName                                      | mine         | InvalidKeyPair.NotFound      | KeyName
            SecurityGroupId.1                            | sg-00000001  | InvalidGroup.NotFound        | SecurityGroupId
            SecurityGroupId.1                            | web          | InvalidGroupId.Malformed     | SecurityGroupId
            SecurityGroup.1                              | web          | InvalidParameterValue        | SecurityGroup
            InstanceInitiatedShutdownBehavior            | explode      | InvalidParameterValue        | InstanceInitiatedShutdownBehavior
            DisableApiStop                               | yes          | InvalidParameterValue        | DisableApiStop
            BlockDeviceMapping.1.Ebs.VolumeSize          | 8            | MissingParameter             | DeviceName
            MetadataOptions.HttpEndpoint                 | maybe        | InvalidParameterValue        | MetadataOptions.HttpEndpoint
            MetadataOptions.HttpPutResponseHopLimit      | 65           | InvalidParameterValue        | HttpPutResponseHopLimit
            CreditSpecification.CpuCredits               | plenty       | InvalidParameterValue        | CpuCredits
            HibernationOptions.Configured                | true         | InvalidParameterValue        | HibernationOptions.Configured
            EnclaveOptions.Enabled                       | true         | InvalidParameterValue        | EnclaveOptions.Enabled
            PrivateDnsNameOptions.HostnameType           | resource-name | InvalidParameterValue       | HostnameType
            Placement.AvailabilityZone                   | eu-west-2b   | InvalidParameterValue        | AvailabilityZone
            Placement.Tenancy                            | dedicated    | InvalidParameterValue        | Tenancy
            Placement.GroupName                          | close        | InvalidParameterValue        | Placement.GroupName
            IamInstanceProfile.Arn                       | admin        | InvalidParameterValue        | IamInstanceProfile
            LaunchTemplate.LaunchTemplateName            | usual        | InvalidLaunchTemplateName.NotFoundException | usual
            InstanceMarketOptions.MarketType             | spot         | InvalidParameterValue        | InstanceMarketOptions
            Ipv6AddressCount                             | 1            | InvalidParameterValue        | Ipv6AddressCount
            Ipv6Address.1.Ipv6Address                    | fd00::1      | InvalidParameterValue        | Ipv6Address
            KernelId                                     | aki-1        | InvalidParameterValue        | KernelId
            TagSpecification.1.ResourceType              | vpc          | InvalidParameterValue        | TagSpecification
            ClientToken                                  | ''           | InvalidParameterValue        | ClientToken
            CpuOptions.CoreCount                         | 2            | UnknownParameter             | CpuOptions.CoreCount
            """)
    void what_an_instance_cannot_have_is_refused_by_name(String parameter, String value, String code, String named) {
        long before = fixture.read(snapshot -> snapshot.events().lastSequence());

        assertThat(client.refused(code, "RunInstances", order(parameter, value)))
                .contains(named);

        long after = fixture.read(snapshot -> snapshot.events().lastSequence());
        assertThat(after).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            AssociatePublicIpAddress     | true               | InsufficientAddressCapacity | --public-ips
            Ipv6AddressCount             | 1                  | InvalidParameterValue       | Ipv6AddressCount
            InterfaceType                | efa                | InvalidParameterValue       | InterfaceType
            NetworkCardIndex             | 1                  | InvalidParameterValue       | NetworkCardIndex
            DeviceIndex                  | 1                  | InvalidParameterCombination | DeviceIndex 0
            DeviceIndex                  | 8                  | InvalidParameterValue       | DeviceIndex
            NetworkInterfaceId           | eni-00000001       | InvalidParameterCombination | NetworkInterfaceId
            NetworkInterfaceId           | i-00000001         | InvalidNetworkInterfaceId.Malformed | NetworkInterfaceId
            SecondaryPrivateIpAddressCount | 64               | InvalidParameterValue       | SecondaryPrivateIpAddressCount
            SubnetId                     | subnet-00000001    | InvalidSubnetID.NotFound    | SubnetId
            """)
    void what_an_interface_cannot_have_is_refused_by_name(String parameter, String value, String code, String named) {
        List<String> fields = new ArrayList<>(List.of(
                "NetworkInterface.1.DeviceIndex",
                "0",
                "NetworkInterface.1.SubnetId",
                subnet.id().value()));
        int there = fields.indexOf("NetworkInterface.1." + parameter);
        if (there >= 0) {
            fields.set(there + 1, value);
        } else {
            fields.addAll(List.of("NetworkInterface.1." + parameter, value));
        }
        assertThat(client.refused(code, "RunInstances", order(fields.toArray(String[]::new))))
                .contains(named);
    }

    @Test
    void an_order_says_once_where_it_is_to_be() {
        String[] nowhere = {"ImageId", "ami-00000001", "MinCount", "1", "MaxCount", "1"};
        assertThat(client.refused("VPCIdNotSpecified", "RunInstances", nowhere))
                .contains("CreateDefaultVpc")
                .contains("default-nets");
        assertThat(client.refused(
                        "InvalidParameterCombination",
                        "RunInstances",
                        order(
                                "NetworkInterface.1.DeviceIndex", "0",
                                "NetworkInterface.1.SubnetId", subnet.id().value(),
                                "SecurityGroup.1", "default")))
                .contains("NetworkInterface")
                .contains("SecurityGroup");
        assertThat(client.refused(
                        "InvalidParameterCombination",
                        "RunInstances",
                        order("MaxCount", "2", "PrivateIpAddress", "10.0.1.9")))
                .contains("PrivateIpAddress");
        assertThat(client.refused("MissingParameter", "RunInstances", "ImageId", "ami-00000001", "MinCount", "1"))
                .contains("MaxCount");
    }

    @Test
    void what_is_not_chosen_may_be_an_empty_text() {
        Answer answer = run(
                "Placement.AvailabilityZone", "", "Placement.Tenancy", "", "Placement.GroupName", "", "UserData", "");
        assertThat(answer.text("//placement/availabilityZone")).isEqualTo("eu-west-2a");
    }

    @Test
    void a_zone_may_be_named_by_its_id() {
        Answer answer = run("Placement.AvailabilityZoneId", "euw2-az1");
        assertThat(answer.text("//placement/availabilityZone")).isEqualTo("eu-west-2a");
        assertThat(answer.text("//placement/availabilityZoneId")).isEqualTo("euw2-az1");
        client.refused("InvalidParameterValue", "RunInstances", order("Placement.AvailabilityZoneId", "euw2-az2"));
    }

    @Test
    void what_every_instance_is_anyhow_may_be_asked_for() {
        Answer answer = run(
                "Monitoring.Enabled", "false",
                "MetadataOptions.HttpTokens", "required",
                "MetadataOptions.HttpPutResponseHopLimit", "2",
                "CreditSpecification.CpuCredits", "unlimited",
                "HibernationOptions.Configured", "false",
                "EnclaveOptions.Enabled", "false",
                "PrivateDnsNameOptions.HostnameType", "ip-name",
                "Placement.AvailabilityZone", "eu-west-2a",
                "Placement.Tenancy", "default",
                "Placement.GroupName", "",
                "DisableApiStop", "false",
                "EbsOptimized", "true",
                "Ipv6AddressCount", "0",
                "BlockDeviceMapping.1.DeviceName", "/dev/sda1",
                "BlockDeviceMapping.1.Ebs.VolumeSize", "20",
                "BlockDeviceMapping.1.Ebs.Encrypted", "true");
        assertThat(answer.text("//instancesSet/item/ebsOptimized")).isEqualTo("true");
        assertThat(answer.texts("//blockDeviceMapping/item/deviceName")).containsExactly("/dev/sda1");
    }

    @Test
    void stopping_with_hibernation_is_refused() {
        assertThat(client.refused(
                        "InvalidParameterValue", "StopInstances", "InstanceId.1", instance(), "Hibernate", "true"))
                .contains("Hibernate");
    }
}
