package dev.linkspan.server.api.call;

import dev.linkspan.core.id.DhcpOptionsSetId;
import dev.linkspan.core.id.HostId;
import dev.linkspan.core.id.ImageId;
import dev.linkspan.core.id.InsightsAnalysisId;
import dev.linkspan.core.id.InsightsPathId;
import dev.linkspan.core.id.InternetServiceId;
import dev.linkspan.core.id.KeypairId;
import dev.linkspan.core.id.LaunchTemplateId;
import dev.linkspan.core.id.NatServiceId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.id.NetworkAclAssociationId;
import dev.linkspan.core.id.NetworkAclId;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.id.NicLinkId;
import dev.linkspan.core.id.PublicIpId;
import dev.linkspan.core.id.PublicIpLinkId;
import dev.linkspan.core.id.ReservationId;
import dev.linkspan.core.id.ResourceId;
import dev.linkspan.core.id.RouteTableId;
import dev.linkspan.core.id.RouteTableLinkId;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.id.SecurityGroupRuleId;
import dev.linkspan.core.id.SubnetId;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.id.VolumeId;

/** What the APIs call the types of resources that can have tags: nearly always the same. */
public final class ResourceTypes {

    private ResourceTypes() {}

    public static String outscale(ResourceId id) {
        return switch (id) {
            case DhcpOptionsSetId _ -> "dhcpoptions";
            case KeypairId _ -> "keypair";
            default -> of(id);
        };
    }

    public static String ec2(ResourceId id) {
        return switch (id) {
            case DhcpOptionsSetId _ -> "dhcp-options";
            case KeypairId _ -> "key-pair";
            default -> of(id);
        };
    }

    private static String of(ResourceId id) {
        return switch (id) {
            case NetId _ -> "vpc";
            case SubnetId _ -> "subnet";
            case VmId _ -> "instance";
            case LaunchTemplateId _ -> "launch-template";
            case VolumeId _ -> "volume";
            case NicId _ -> "network-interface";
            case RouteTableId _ -> "route-table";
            case SecurityGroupId _ -> "security-group";
            case SecurityGroupRuleId _ -> "security-group-rule";
            case NetworkAclId _ -> "network-acl";
            case NetPeeringId _ -> "vpc-peering-connection";
            case InsightsPathId _ -> "network-insights-path";
            case InsightsAnalysisId _ -> "network-insights-analysis";
            case ImageId _ -> "image";
            case InternetServiceId _ -> "internet-gateway";
            case NatServiceId _ -> "natgateway";
            case PublicIpId _ -> "elastic-ip";
            case HostId _,
                    PublicIpLinkId _,
                    DhcpOptionsSetId _,
                    KeypairId _,
                    NicLinkId _,
                    RouteTableLinkId _,
                    NetworkAclAssociationId _,
                    ReservationId _ ->
                throw new IllegalStateException("BUG: %s has a tag, or a type of its own".formatted(id.value()));
        };
    }
}
