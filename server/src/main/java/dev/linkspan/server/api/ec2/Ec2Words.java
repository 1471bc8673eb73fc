package dev.linkspan.server.api.ec2;

import dev.linkspan.core.wording.Noun;
import dev.linkspan.core.wording.Parameter;
import dev.linkspan.core.wording.Term;
import dev.linkspan.core.wording.Verbatim;
import dev.linkspan.core.wording.Words;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** How EC2's clients call things. */
public final class Ec2Words {

    public static final Words WORDS = Ec2Words::of;

    /** One for each, also where it is called alike in both APIs. */
    private static final Map<Parameter, String> PARAMETERS = new EnumMap<>(Map.ofEntries(
            Map.entry(Parameter.ACCEPTER_NET, "PeerVpcId"),
            Map.entry(Parameter.ACCESS_KEY, "AccessKeyId"),
            Map.entry(Parameter.ACCOUNT, "AccountId"),
            Map.entry(Parameter.CLIENT_TOKEN, "ClientToken"),
            Map.entry(Parameter.DELETION_PROTECTION, "DisableApiTermination"),
            Map.entry(Parameter.DESCRIPTION, "Description"),
            Map.entry(Parameter.DESTINATION, "Destination"),
            Map.entry(Parameter.DESTINATION_ADDRESS, "DestinationIp"),
            Map.entry(Parameter.DESTINATION_PORT, "DestinationPort"),
            Map.entry(Parameter.DESTINATION_RANGE, "DestinationCidrBlock"),
            Map.entry(Parameter.DEVICE_NUMBER, "DeviceIndex"),
            Map.entry(Parameter.DEVICE, "Device"),
            Map.entry(Parameter.DHCP_OPTIONS_SET, "DhcpOptionsId"),
            Map.entry(Parameter.EXPIRATION_DATE, "ExpirationDate"),
            Map.entry(Parameter.FILTER_AT_DESTINATION_DESTINATION, "FilterAtDestination.DestinationAddress"),
            Map.entry(Parameter.FILTER_AT_DESTINATION_PORTS, "FilterAtDestination.DestinationPortRange"),
            Map.entry(Parameter.FILTER_AT_DESTINATION_SOURCE, "FilterAtDestination.SourceAddress"),
            Map.entry(Parameter.FILTER_AT_SOURCE_DESTINATION, "FilterAtSource.DestinationAddress"),
            Map.entry(Parameter.FILTER_AT_SOURCE_PORTS, "FilterAtSource.DestinationPortRange"),
            Map.entry(Parameter.FILTER_AT_SOURCE_SOURCE, "FilterAtSource.SourceAddress"),
            Map.entry(Parameter.FROM, "From"),
            Map.entry(Parameter.FROM_NET, "FromNetId"),
            Map.entry(Parameter.FROM_PORT, "FromPort"),
            Map.entry(Parameter.GATEWAY, "GatewayId"),
            Map.entry(Parameter.IMAGE, "ImageId"),
            Map.entry(Parameter.INSIGHTS_ANALYSIS, "NetworkInsightsAnalysisId"),
            Map.entry(Parameter.INSIGHTS_PATH, "NetworkInsightsPathId"),
            Map.entry(Parameter.IP, "Ip"),
            Map.entry(Parameter.INTERNET_SERVICE, "InternetGatewayId"),
            Map.entry(Parameter.IOPS, "Iops"),
            Map.entry(Parameter.IP_PROTOCOL, "IpProtocol"),
            Map.entry(Parameter.KEY, "Key"),
            Map.entry(Parameter.KEYPAIR, "KeyPairId"),
            Map.entry(Parameter.KEYPAIR_NAME, "KeyName"),
            Map.entry(Parameter.LEAST_VMS, "MinCount"),
            Map.entry(Parameter.MAX_VALUE, "MaxValue"),
            Map.entry(Parameter.MOST_VMS, "MaxCount"),
            Map.entry(Parameter.NAT_SERVICE, "NatGatewayId"),
            Map.entry(Parameter.NESTED_VIRTUALIZATION, "NestedVirtualization"),
            Map.entry(Parameter.NET, "VpcId"),
            Map.entry(Parameter.NETWORK_ACL, "NetworkAclId"),
            Map.entry(Parameter.NETWORK_ACL_ASSOCIATION, "AssociationId"),
            Map.entry(Parameter.NIC, "NetworkInterfaceId"),
            Map.entry(Parameter.NICS, "NetworkInterface"),
            Map.entry(Parameter.NEXT_PAGE, "NextToken"),
            Map.entry(Parameter.NIC_LINK, "AttachmentId"),
            Map.entry(Parameter.PEERING, "VpcPeeringConnectionId"),
            Map.entry(Parameter.PERFORMANCE, "Performance"),
            Map.entry(Parameter.PRIVATE_IP, "PrivateIpAddress"),
            Map.entry(Parameter.PRIVATE_IPS, "PrivateIpAddress"),
            Map.entry(Parameter.PUBLIC_IP, "AllocationId"),
            Map.entry(Parameter.PUBLIC_IP_ADDRESS, "PublicIp"),
            Map.entry(Parameter.PUBLIC_IP_LINK, "AssociationId"),
            Map.entry(Parameter.PUBLIC_IP_ON_LAUNCH, "AssociatePublicIpAddress"),
            Map.entry(Parameter.RANGE, "CidrBlock"),
            Map.entry(Parameter.RESOURCES, "ResourceId"),
            Map.entry(Parameter.ROUTE_TABLE, "RouteTableId"),
            Map.entry(Parameter.ROUTE_TABLE_LINK, "AssociationId"),
            Map.entry(Parameter.RULE_NUMBER, "RuleNumber"),
            Map.entry(Parameter.SECONDARY_IP_COUNT, "SecondaryPrivateIpAddressCount"),
            Map.entry(Parameter.SECURITY_GROUP, "GroupId"),
            Map.entry(Parameter.SECURITY_GROUPS, "SecurityGroupId"),
            Map.entry(Parameter.SECURITY_GROUP_NAME, "GroupName"),
            Map.entry(Parameter.SECURITY_GROUP_NAMES, "SecurityGroup"),
            Map.entry(Parameter.SECURITY_GROUP_RULE, "SecurityGroupRuleId"),
            Map.entry(Parameter.SHUTDOWN_BEHAVIOR, "InstanceInitiatedShutdownBehavior"),
            Map.entry(Parameter.SOURCE, "Source"),
            Map.entry(Parameter.SOURCE_ADDRESS, "SourceIp"),
            Map.entry(Parameter.SOURCE_NET, "VpcId"),
            Map.entry(Parameter.SUBNET, "SubnetId"),
            Map.entry(Parameter.SUBREGION, "AvailabilityZone"),
            Map.entry(Parameter.TAG, "Tag"),
            Map.entry(Parameter.TENANCY, "InstanceTenancy"),
            Map.entry(Parameter.TO, "To"),
            Map.entry(Parameter.TO_NET, "ToNetId"),
            Map.entry(Parameter.TO_PORT, "ToPort"),
            Map.entry(Parameter.USER_DATA, "UserData"),
            Map.entry(Parameter.VALUE, "Value"),
            Map.entry(Parameter.VM, "InstanceId"),
            Map.entry(Parameter.VMS, "InstanceId"),
            Map.entry(Parameter.VM_TYPE, "InstanceType"),
            Map.entry(Parameter.VOLUME, "VolumeId"),
            Map.entry(Parameter.VOLUME_SIZE, "Size"),
            Map.entry(Parameter.VOLUME_TYPE, "VolumeType")));

    private Ec2Words() {}

    private static String of(Term term) {
        return switch (term) {
            case Parameter parameter -> Objects.requireNonNull(PARAMETERS.get(parameter));
            case Noun noun -> of(noun);
            case Verbatim verbatim -> verbatim.word();
        };
    }

    private static String of(Noun noun) {
        return switch (noun) {
            case A_PUBLIC_IP -> "an Elastic IP address";
            case A_VM -> "an instance";
            case INTERNET_SERVICE -> "internet gateway";
            case INTERNET_SERVICES -> "internet gateways";
            case KEYPAIR -> "key pair";
            case KEYPAIRS -> "key pairs";
            case NAT_SERVICE -> "NAT gateway";
            case NAT_SERVICES -> "NAT gateways";
            case NET -> "VPC";
            case NETS -> "VPCs";
            case NIC -> "network interface";
            case NICS -> "network interfaces";
            case PUBLIC_IP -> "Elastic IP address";
            case PUBLIC_IPS -> "Elastic IP addresses";
            case SUBREGION -> "Availability Zone";
            case VM -> "instance";
            case VMS -> "instances";
        };
    }
}
