package dev.linkspan.server.api.resource.vm;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.address.MacAddress;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.id.NicLinkId;
import dev.linkspan.core.id.PublicIpId;
import dev.linkspan.core.id.PublicIpLinkId;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.id.SubnetId;
import dev.linkspan.core.id.SubregionName;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.net.Nic;
import dev.linkspan.server.api.call.Call;
import dev.linkspan.server.api.call.ResourceTag;
import java.util.List;
import java.util.Optional;

/** How the calls on NICs answer. */
final class NicAnswers {

    private NicAnswers() {}

    record NicResponse(NicAnswer nic) {}

    record SecurityGroupLight(SecurityGroupId securityGroupId, String securityGroupName) {}

    /** The public address of a private one; without what only one has that an account allocated. */
    record LinkPublicIp(
            Optional<PublicIpLinkId> linkPublicIpId,
            String publicDnsName,
            Ipv4 publicIp,
            Optional<AccountId> publicIpAccountId,
            Optional<PublicIpId> publicIpId) {

        private static LinkPublicIp of(PublicAddress seen) {
            return new LinkPublicIp(seen.link(), seen.dnsName(), seen.address(), seen.owner(), seen.id());
        }
    }

    record PrivateIp(boolean isPrimary, Optional<LinkPublicIp> linkPublicIp, String privateDnsName, Ipv4 privateIp) {}

    record LinkNicResponse(NicLinkId linkNicId) {}

    record LinkNic(
            boolean deleteOnVmDeletion,
            int deviceNumber,
            NicLinkId linkNicId,
            String state,
            AccountId vmAccountId,
            VmId vmId) {}

    /** A NIC; without {@code LinkNic} where it is linked to nothing. */
    record NicAnswer(
            AccountId accountId,
            String description,
            boolean isSourceDestChecked,
            Optional<LinkNic> linkNic,
            Optional<LinkPublicIp> linkPublicIp,
            MacAddress macAddress,
            NetId netId,
            NicId nicId,
            String privateDnsName,
            List<PrivateIp> privateIps,
            List<SecurityGroupLight> securityGroups,
            String state,
            SubnetId subnetId,
            SubregionName subregionName,
            List<ResourceTag> tags) {}

    static NicAnswer answer(Call call, DescribedNic seen) {
        Nic nic = seen.nic();
        return new NicAnswer(
                nic.owner(),
                nic.description(),
                nic.sourceDestChecked(),
                nic.link()
                        .map(link -> new LinkNic(
                                link.deleteOnVmDeletion(),
                                link.deviceNumber(),
                                link.id(),
                                DescribedNic.LINK_STATE,
                                nic.owner(),
                                link.vm())),
                seen.publicAddress().map(LinkPublicIp::of),
                nic.mac(),
                nic.net(),
                nic.id(),
                seen.dnsName(),
                privateIps(seen),
                groups(seen),
                seen.state(),
                nic.subnet(),
                seen.subregion(),
                call.tagsOf(nic.id()));
    }

    static List<SecurityGroupLight> groups(DescribedNic seen) {
        return seen.ofGroups(SecurityGroupLight::new);
    }

    private static List<PrivateIp> privateIps(DescribedNic seen) {
        return seen.ofAddresses(address -> new PrivateIp(
                address.primary(), address.publicAddress().map(LinkPublicIp::of), address.dnsName(), address.ip()));
    }
}
