package dev.linkspan.server.api.call;

import dev.linkspan.core.wording.Noun;
import dev.linkspan.core.wording.Parameter;
import dev.linkspan.core.wording.Term;
import dev.linkspan.core.wording.Verbatim;
import dev.linkspan.core.wording.Words;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** How the OUTSCALE API's clients, and Linkspan's own, call things. */
public final class OutscaleWords {

    public static final Words WORDS = OutscaleWords::of;

    /** One for each. */
    private static final Map<Parameter, String> PARAMETERS = new EnumMap<>(Map.ofEntries(
            Map.entry(Parameter.ACCEPTER_NET, "AccepterNetId"),
            Map.entry(Parameter.ACCESS_KEY, "AccessKeyId"),
            Map.entry(Parameter.ACCOUNT, "AccountId"),
            Map.entry(Parameter.CLIENT_TOKEN, "ClientToken"),
            Map.entry(Parameter.DELETION_PROTECTION, "DeletionProtection"),
            Map.entry(Parameter.DESCRIPTION, "Description"),
            Map.entry(Parameter.DESTINATION, "Destination"),
            Map.entry(Parameter.DESTINATION_ADDRESS, "DestinationIp"),
            Map.entry(Parameter.DESTINATION_PORT, "DestinationPort"),
            Map.entry(Parameter.DESTINATION_RANGE, "DestinationIpRange"),
            Map.entry(Parameter.DEVICE_NUMBER, "DeviceNumber"),
            Map.entry(Parameter.DEVICE, "DeviceName"),
            Map.entry(Parameter.DHCP_OPTIONS_SET, "DhcpOptionsSetId"),
            Map.entry(Parameter.EXPIRATION_DATE, "ExpirationDate"),
            Map.entry(Parameter.FILTER_AT_DESTINATION_DESTINATION, "FilterAtDestination.DestinationAddress"),
            Map.entry(Parameter.FILTER_AT_DESTINATION_PORTS, "FilterAtDestination.DestinationPortRange"),
            Map.entry(Parameter.FILTER_AT_DESTINATION_SOURCE, "FilterAtDestination.SourceAddress"),
            Map.entry(Parameter.FILTER_AT_SOURCE_DESTINATION, "FilterAtSource.DestinationAddress"),
            Map.entry(Parameter.FILTER_AT_SOURCE_PORTS, "FilterAtSource.DestinationPortRange"),
            Map.entry(Parameter.FILTER_AT_SOURCE_SOURCE, "FilterAtSource.SourceAddress"),
            Map.entry(Parameter.FROM, "From"),
            Map.entry(Parameter.FROM_NET, "FromNetId"),
            Map.entry(Parameter.FROM_PORT, "FromPortRange"),
            Map.entry(Parameter.GATEWAY, "GatewayId"),
            Map.entry(Parameter.IMAGE, "ImageId"),
            Map.entry(Parameter.INSIGHTS_ANALYSIS, "NetworkInsightsAnalysisId"),
            Map.entry(Parameter.INSIGHTS_PATH, "NetworkInsightsPathId"),
            Map.entry(Parameter.IP, "Ip"),
            Map.entry(Parameter.INTERNET_SERVICE, "InternetServiceId"),
            Map.entry(Parameter.IOPS, "Iops"),
            Map.entry(Parameter.IP_PROTOCOL, "IpProtocol"),
            Map.entry(Parameter.KEY, "Key"),
            Map.entry(Parameter.KEYPAIR, "KeypairId"),
            Map.entry(Parameter.KEYPAIR_NAME, "KeypairName"),
            Map.entry(Parameter.LEAST_VMS, "MinVmsCount"),
            Map.entry(Parameter.MAX_VALUE, "MaxValue"),
            Map.entry(Parameter.MOST_VMS, "MaxVmsCount"),
            Map.entry(Parameter.NAT_SERVICE, "NatServiceId"),
            Map.entry(Parameter.NESTED_VIRTUALIZATION, "NestedVirtualization"),
            Map.entry(Parameter.NET, "NetId"),
            Map.entry(Parameter.NETWORK_ACL, "NetworkAclId"),
            Map.entry(Parameter.NETWORK_ACL_ASSOCIATION, "NetworkAclAssociationId"),
            Map.entry(Parameter.NIC, "NicId"),
            Map.entry(Parameter.NICS, "Nics"),
            Map.entry(Parameter.NEXT_PAGE, "NextPageToken"),
            Map.entry(Parameter.NIC_LINK, "LinkNicId"),
            Map.entry(Parameter.PEERING, "NetPeeringId"),
            Map.entry(Parameter.PERFORMANCE, "Performance"),
            Map.entry(Parameter.PRIVATE_IP, "PrivateIp"),
            Map.entry(Parameter.PRIVATE_IPS, "PrivateIps"),
            Map.entry(Parameter.PUBLIC_IP, "PublicIpId"),
            Map.entry(Parameter.PUBLIC_IP_ADDRESS, "PublicIp"),
            Map.entry(Parameter.PUBLIC_IP_LINK, "LinkPublicIpId"),
            Map.entry(Parameter.PUBLIC_IP_ON_LAUNCH, "MapPublicIpOnLaunch"),
            Map.entry(Parameter.RANGE, "IpRange"),
            Map.entry(Parameter.RESOURCES, "ResourceIds"),
            Map.entry(Parameter.ROUTE_TABLE, "RouteTableId"),
            Map.entry(Parameter.ROUTE_TABLE_LINK, "LinkRouteTableId"),
            Map.entry(Parameter.RULE_NUMBER, "RuleNumber"),
            Map.entry(Parameter.SECONDARY_IP_COUNT, "SecondaryPrivateIpCount"),
            Map.entry(Parameter.SECURITY_GROUP, "SecurityGroupId"),
            Map.entry(Parameter.SECURITY_GROUPS, "SecurityGroupIds"),
            Map.entry(Parameter.SECURITY_GROUP_NAME, "SecurityGroupName"),
            Map.entry(Parameter.SECURITY_GROUP_NAMES, "SecurityGroups"),
            Map.entry(Parameter.SECURITY_GROUP_RULE, "SecurityGroupRuleId"),
            Map.entry(Parameter.SHUTDOWN_BEHAVIOR, "VmInitiatedShutdownBehavior"),
            Map.entry(Parameter.SOURCE, "Source"),
            Map.entry(Parameter.SOURCE_ADDRESS, "SourceIp"),
            Map.entry(Parameter.SOURCE_NET, "SourceNetId"),
            Map.entry(Parameter.SUBNET, "SubnetId"),
            Map.entry(Parameter.SUBREGION, "SubregionName"),
            Map.entry(Parameter.TAG, "Tag"),
            Map.entry(Parameter.TENANCY, "Tenancy"),
            Map.entry(Parameter.TO, "To"),
            Map.entry(Parameter.TO_NET, "ToNetId"),
            Map.entry(Parameter.TO_PORT, "ToPortRange"),
            Map.entry(Parameter.USER_DATA, "UserData"),
            Map.entry(Parameter.VALUE, "Value"),
            Map.entry(Parameter.VM, "VmId"),
            Map.entry(Parameter.VMS, "VmIds"),
            Map.entry(Parameter.VM_TYPE, "VmType"),
            Map.entry(Parameter.VOLUME, "VolumeId"),
            Map.entry(Parameter.VOLUME_SIZE, "Size"),
            Map.entry(Parameter.VOLUME_TYPE, "VolumeType")));

    private OutscaleWords() {}

    private static String of(Term term) {
        return switch (term) {
            case Parameter parameter -> Objects.requireNonNull(PARAMETERS.get(parameter));
            case Noun noun -> of(noun);
            case Verbatim verbatim -> verbatim.word();
        };
    }

    private static String of(Noun noun) {
        return switch (noun) {
            case A_PUBLIC_IP -> "a public IP";
            case A_VM -> "a VM";
            case INTERNET_SERVICE -> "internet service";
            case INTERNET_SERVICES -> "internet services";
            case KEYPAIR -> "keypair";
            case KEYPAIRS -> "keypairs";
            case NAT_SERVICE -> "NAT service";
            case NAT_SERVICES -> "NAT services";
            case NET -> "Net";
            case NETS -> "Nets";
            case NIC -> "NIC";
            case NICS -> "NICs";
            case PUBLIC_IP -> "public IP";
            case PUBLIC_IPS -> "public IPs";
            case SUBREGION -> "Subregion";
            case VM -> "VM";
            case VMS -> "VMs";
        };
    }
}
