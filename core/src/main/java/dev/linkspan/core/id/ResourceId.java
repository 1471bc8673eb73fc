package dev.linkspan.core.id;

import java.util.List;
import java.util.Optional;

/** Names one resource, in the form that the OUTSCALE and EC2 APIs share: {@code vpc-1234abcd}. */
public sealed interface ResourceId
        permits NetId,
                SubnetId,
                NicId,
                NicLinkId,
                VmId,
                RouteTableId,
                RouteTableLinkId,
                SecurityGroupId,
                SecurityGroupRuleId,
                NetPeeringId,
                DhcpOptionsSetId,
                KeypairId,
                InsightsPathId,
                InsightsAnalysisId,
                ImageId,
                ReservationId,
                NetworkAclId,
                NetworkAclAssociationId,
                InternetServiceId,
                PublicIpId,
                PublicIpLinkId,
                NatServiceId,
                VolumeId,
                LaunchTemplateId,
                HostId {

    /** Every kind of id; a longer prefix stands before the shorter one that begins it. */
    List<IdKind<? extends ResourceId>> KINDS = List.of(
            NetId.KIND,
            SubnetId.KIND,
            NicLinkId.KIND,
            NicId.KIND,
            VmId.KIND,
            RouteTableLinkId.KIND,
            RouteTableId.KIND,
            SecurityGroupRuleId.KIND,
            SecurityGroupId.KIND,
            NetPeeringId.KIND,
            DhcpOptionsSetId.KIND,
            KeypairId.KIND,
            InsightsPathId.KIND,
            InsightsAnalysisId.KIND,
            ImageId.KIND,
            ReservationId.KIND,
            NetworkAclAssociationId.KIND,
            NetworkAclId.KIND,
            InternetServiceId.KIND,
            PublicIpLinkId.KIND,
            PublicIpId.KIND,
            NatServiceId.KIND,
            VolumeId.KIND,
            LaunchTemplateId.KIND,
            HostId.KIND);

    /** The id as clients write it. */
    String value();

    /** Reads an id of any kind; empty for what is none. */
    static Optional<ResourceId> tryParse(String text) {
        return KINDS.stream()
                .filter(kind -> text.startsWith(kind.prefix()))
                .findFirst()
                .flatMap(kind -> kind.tryParse(text));
    }
}
