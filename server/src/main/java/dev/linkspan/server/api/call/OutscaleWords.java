package dev.linkspan.server.api.call;

import dev.linkspan.core.wording.Noun;
import dev.linkspan.core.wording.Parameter;
import dev.linkspan.core.wording.Term;
import dev.linkspan.core.wording.Verbatim;
import dev.linkspan.core.wording.Words;
import java.util.function.Function;

/** How the OUTSCALE API's clients, and Linkspan's own, call things. */
public final class OutscaleWords {

    public static final Words WORDS = OutscaleWords::of;

    /** A table, and the compiler sees that nothing is missing. */
    private static final Function<Parameter, String> PARAMETERS = parameter -> switch (parameter) {
        case ACCEPTER_NET -> "AccepterNetId";
        case ACCESS_KEY -> "AccessKeyId";
        case ACCOUNT -> "AccountId";
        case CLIENT_TOKEN -> "ClientToken";
        case DELETION_PROTECTION -> "DeletionProtection";
        case DESCRIPTION -> "Description";
        case DESTINATION -> "Destination";
        case DESTINATION_ADDRESS -> "DestinationIp";
        case DESTINATION_PORT -> "DestinationPort";
        case DESTINATION_RANGE -> "DestinationIpRange";
        case DEVICE_NUMBER -> "DeviceNumber";
        case DHCP_OPTIONS_SET -> "DhcpOptionsSetId";
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
        case KEYPAIR -> "KeypairId";
        case KEYPAIR_NAME -> "KeypairName";
        case LEAST_VMS -> "MinVmsCount";
        case MAX_VALUE -> "MaxValue";
        case MOST_VMS -> "MaxVmsCount";
        case NAT_SERVICE -> "NatServiceId";
        case NESTED_VIRTUALIZATION -> "NestedVirtualization";
        case NET -> "NetId";
        case NIC -> "NicId";
        case NICS -> "Nics";
        case NIC_LINK -> "LinkNicId";
        case PEERING -> "NetPeeringId";
        case PERFORMANCE -> "Performance";
        case PRIVATE_IPS -> "PrivateIps";
        case RANGE -> "IpRange";
        case RESOURCES -> "ResourceIds";
        case ROUTE_TABLE -> "RouteTableId";
        case ROUTE_TABLE_LINK -> "LinkRouteTableId";
        case SECONDARY_IP_COUNT -> "SecondaryPrivateIpCount";
        case SECURITY_GROUP -> "SecurityGroupId";
        case SECURITY_GROUPS -> "SecurityGroupIds";
        case SECURITY_GROUP_NAME -> "SecurityGroupName";
        case SECURITY_GROUP_NAMES -> "SecurityGroups";
        case SECURITY_GROUP_RULE -> "SecurityGroupRuleId";
        case SHUTDOWN_BEHAVIOR -> "VmInitiatedShutdownBehavior";
        case SOURCE -> "Source";
        case SOURCE_ADDRESS -> "SourceIp";
        case SOURCE_NET -> "SourceNetId";
        case SUBNET -> "SubnetId";
        case SUBREGION -> "SubregionName";
        case TAG -> "Tag";
        case TENANCY -> "Tenancy";
        case TO -> "To";
        case TO_NET -> "ToNetId";
        case TO_PORT -> "ToPortRange";
        case USER_DATA -> "UserData";
        case VALUE -> "Value";
        case VM -> "VmId";
        case VMS -> "VmIds";
        case VM_TYPE -> "VmType";
    };

    private OutscaleWords() {}

    private static String of(Term term) {
        return switch (term) {
            case Parameter parameter -> PARAMETERS.apply(parameter);
            case Noun noun -> of(noun);
            case Verbatim verbatim -> verbatim.word();
        };
    }

    private static String of(Noun noun) {
        return switch (noun) {
            case A_VM -> "a VM";
            case KEYPAIR -> "keypair";
            case KEYPAIRS -> "keypairs";
            case NET -> "Net";
            case NIC -> "NIC";
            case NICS -> "NICs";
            case VM -> "VM";
            case VMS -> "VMs";
        };
    }
}
