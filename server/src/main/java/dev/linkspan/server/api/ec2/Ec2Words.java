package dev.linkspan.server.api.ec2;

import dev.linkspan.core.wording.Noun;
import dev.linkspan.core.wording.Parameter;
import dev.linkspan.core.wording.Term;
import dev.linkspan.core.wording.Verbatim;
import dev.linkspan.core.wording.Words;
import java.util.function.Function;

/** How EC2's clients call things. */
public final class Ec2Words {

    public static final Words WORDS = Ec2Words::of;

    /** A table, and the compiler sees that nothing is missing. */
    private static final Function<Parameter, String> PARAMETERS = parameter -> switch (parameter) {
        case ACCEPTER_NET -> "PeerVpcId";
        case ACCESS_KEY -> "AccessKeyId";
        case ACCOUNT -> "AccountId";
        case CLIENT_TOKEN -> "ClientToken";
        case DELETION_PROTECTION -> "DisableApiTermination";
        case DESCRIPTION -> "Description";
        case DESTINATION -> "Destination";
        case DESTINATION_ADDRESS -> "DestinationIp";
        case DESTINATION_PORT -> "DestinationPort";
        case DESTINATION_RANGE -> "DestinationCidrBlock";
        case DEVICE_NUMBER -> "DeviceIndex";
        case DHCP_OPTIONS_SET -> "DhcpOptionsId";
        case EXPIRATION_DATE -> "ExpirationDate";
        case FILTER_AT_DESTINATION_DESTINATION -> "FilterAtDestination.DestinationAddress";
        case FILTER_AT_DESTINATION_PORTS -> "FilterAtDestination.DestinationPortRange";
        case FILTER_AT_DESTINATION_SOURCE -> "FilterAtDestination.SourceAddress";
        case FILTER_AT_SOURCE_DESTINATION -> "FilterAtSource.DestinationAddress";
        case FILTER_AT_SOURCE_PORTS -> "FilterAtSource.DestinationPortRange";
        case FILTER_AT_SOURCE_SOURCE -> "FilterAtSource.SourceAddress";
        case FROM -> "From";
        case FROM_NET -> "FromNetId";
        case FROM_PORT -> "FromPortRange";
        case GATEWAY -> "GatewayId";
        case IMAGE -> "ImageId";
        case INSIGHTS_ANALYSIS -> "NetworkInsightsAnalysisId";
        case INSIGHTS_PATH -> "NetworkInsightsPathId";
        case IP -> "Ip";
        case IP_PROTOCOL -> "IpProtocol";
        case KEY -> "Key";
        case KEYPAIR -> "KeyPairId";
        case KEYPAIR_NAME -> "KeyName";
        case LEAST_VMS -> "MinCount";
        case MAX_VALUE -> "MaxValue";
        case MOST_VMS -> "MaxCount";
        case NAT_SERVICE -> "NatServiceId";
        case NESTED_VIRTUALIZATION -> "NestedVirtualization";
        case NET -> "VpcId";
        case NIC -> "NetworkInterfaceId";
        case NICS -> "NetworkInterface";
        case NIC_LINK -> "AttachmentId";
        case PEERING -> "VpcPeeringConnectionId";
        case PERFORMANCE -> "Performance";
        case PRIVATE_IPS -> "PrivateIpAddress";
        case RANGE -> "CidrBlock";
        case RESOURCES -> "ResourceId";
        case ROUTE_TABLE -> "RouteTableId";
        case ROUTE_TABLE_LINK -> "AssociationId";
        case SECONDARY_IP_COUNT -> "SecondaryPrivateIpAddressCount";
        case SECURITY_GROUP -> "SecurityGroupId";
        case SECURITY_GROUPS -> "SecurityGroupId";
        case SECURITY_GROUP_NAME -> "SecurityGroupName";
        case SECURITY_GROUP_NAMES -> "SecurityGroup";
        case SECURITY_GROUP_RULE -> "SecurityGroupRuleId";
        case SHUTDOWN_BEHAVIOR -> "InstanceInitiatedShutdownBehavior";
        case SOURCE -> "Source";
        case SOURCE_ADDRESS -> "SourceIp";
        case SOURCE_NET -> "VpcId";
        case SUBNET -> "SubnetId";
        case SUBREGION -> "AvailabilityZone";
        case TAG -> "Tag";
        case TENANCY -> "InstanceTenancy";
        case TO -> "To";
        case TO_NET -> "ToNetId";
        case TO_PORT -> "ToPortRange";
        case USER_DATA -> "UserData";
        case VALUE -> "Value";
        case VM -> "InstanceId";
        case VMS -> "InstanceId";
        case VM_TYPE -> "InstanceType";
    };

    private Ec2Words() {}

    private static String of(Term term) {
        return switch (term) {
            case Parameter parameter -> PARAMETERS.apply(parameter);
            case Noun noun -> of(noun);
            case Verbatim verbatim -> verbatim.word();
        };
    }

    private static String of(Noun noun) {
        return switch (noun) {
            case A_VM -> "an instance";
            case KEYPAIR -> "key pair";
            case KEYPAIRS -> "key pairs";
            case NET -> "VPC";
            case NIC -> "network interface";
            case NICS -> "network interfaces";
            case VM -> "instance";
            case VMS -> "instances";
        };
    }
}
