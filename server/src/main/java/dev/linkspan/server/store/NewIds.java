package dev.linkspan.server.store;

import dev.linkspan.core.id.DhcpOptionsSetId;
import dev.linkspan.core.id.HostId;
import dev.linkspan.core.id.IdKind;
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
import dev.linkspan.core.rehearsal.Rehearsal;
import java.security.SecureRandom;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Draws ids that nothing of their kind has, in any Region; nobody can guess the next one. */
record NewIds(Handle handle) implements Rehearsal.Ids {

    private static final SecureRandom RANDOM = new SecureRandom();

    /** Where the ids of a kind are kept; those of other kinds are not kept at all. */
    private static final Map<IdKind<?>, String> COLUMNS = Map.ofEntries(
            Map.entry(NetId.KIND, "net.id"),
            Map.entry(DhcpOptionsSetId.KIND, "dhcp_options_set.id"),
            Map.entry(KeypairId.KIND, "keypair.id"),
            Map.entry(InsightsPathId.KIND, "insights_path.id"),
            Map.entry(InsightsAnalysisId.KIND, "insights_analysis.id"),
            Map.entry(SubnetId.KIND, "subnet.id"),
            Map.entry(VmId.KIND, "vm.id"),
            Map.entry(ReservationId.KIND, "vm.reservation_id"),
            Map.entry(VolumeId.KIND, "volume.id"),
            Map.entry(HostId.KIND, "host.id"),
            Map.entry(LaunchTemplateId.KIND, "launch_template.id"),
            Map.entry(NicId.KIND, "nic.id"),
            Map.entry(NicLinkId.KIND, "nic.link_id"),
            Map.entry(RouteTableId.KIND, "route_table.id"),
            Map.entry(RouteTableLinkId.KIND, "route_table_link.id"),
            Map.entry(SecurityGroupId.KIND, "security_group.id"),
            Map.entry(SecurityGroupRuleId.KIND, "security_group_rule.id"),
            Map.entry(NetworkAclId.KIND, "network_acl.id"),
            Map.entry(NetworkAclAssociationId.KIND, "network_acl_association.id"),
            Map.entry(InternetServiceId.KIND, "internet_service.id"),
            Map.entry(PublicIpId.KIND, "public_ip.id"),
            Map.entry(PublicIpLinkId.KIND, "public_ip.link_id"),
            Map.entry(NatServiceId.KIND, "nat_service.id"),
            Map.entry(NetPeeringId.KIND, "net_peering.id"));

    @Override
    public <T extends ResourceId> T next(IdKind<T> kind) {
        T id = drawn(kind);
        while (taken(kind, id)) {
            id = drawn(kind);
        }
        return id;
    }

    private static <T extends ResourceId> T drawn(IdKind<T> kind) {
        int digits = RANDOM.nextInt();
        while (Integer.compareUnsigned(digits, IdKind.FIRST) < 0) {
            digits = RANDOM.nextInt();
        }
        return kind.of(digits);
    }

    private boolean taken(IdKind<?> kind, ResourceId id) {
        String column = COLUMNS.get(kind);
        if (column == null) {
            return false;
        }
        String table = column.substring(0, column.indexOf('.'));
        return handle.createQuery("select count(*) from %s where %s = :id".formatted(table, column))
                        .bind("id", id)
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }
}
