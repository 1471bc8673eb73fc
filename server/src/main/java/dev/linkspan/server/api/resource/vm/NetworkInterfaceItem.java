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
import dev.linkspan.server.api.ec2.TagItem;
import dev.linkspan.server.api.ec2.ZoneIds;
import java.util.List;
import java.util.Optional;

/** A network interface as answers show it; without an attachment where it is in no instance. */
record NetworkInterfaceItem(
        NicId networkInterfaceId,
        SubnetId subnetId,
        NetId vpcId,
        SubregionName availabilityZone,
        String availabilityZoneId,
        String description,
        AccountId ownerId,
        boolean requesterManaged,
        String status,
        String interfaceType,
        MacAddress macAddress,
        Ipv4 privateIpAddress,
        String privateDnsName,
        Optional<Association> association,
        boolean sourceDestCheck,
        List<NamedGroup> groupSet,
        Optional<Attachment> attachment,
        List<PrivateAddress> privateIpAddressesSet,
        List<String> ipv6AddressesSet,
        Operator operator,
        List<TagItem> tagSet) {

    record NamedGroup(SecurityGroupId groupId, String groupName) {

        static List<NamedGroup> of(DescribedNic nic) {
            return nic.ofGroups(NamedGroup::new);
        }
    }

    record PrivateAddress(
            Ipv4 privateIpAddress, String privateDnsName, boolean primary, Optional<Association> association) {

        static List<PrivateAddress> of(DescribedNic nic) {
            return nic.ofAddresses(address -> new PrivateAddress(
                    address.ip(),
                    address.dnsName(),
                    address.primary(),
                    address.publicAddress().map(Association::of)));
        }
    }

    /**
     * The public address of a private one.
     *
     * @param ipOwnerId who allocated it, or {@code amazon}, as EC2 says of what an instance got when it was started
     */
    record Association(
            Ipv4 publicIp,
            String publicDnsName,
            String ipOwnerId,
            Optional<PublicIpId> allocationId,
            Optional<PublicIpLinkId> associationId) {

        private static final String OF_NOBODY = "amazon";

        static Association of(PublicAddress seen) {
            return new Association(seen.address(), seen.dnsName(), owner(seen).orElseThrow(), seen.id(), seen.link());
        }

        static Optional<String> owner(PublicAddress seen) {
            return Optional.of(seen.owner().map(AccountId::value).orElse(OF_NOBODY));
        }
    }

    record Attachment(
            NicLinkId attachmentId,
            VmId instanceId,
            AccountId instanceOwnerId,
            int deviceIndex,
            int networkCardIndex,
            String status,
            boolean deleteOnTermination) {

        static Optional<Attachment> of(Nic nic) {
            return nic.link()
                    .map(link -> new Attachment(
                            link.id(),
                            link.vm(),
                            nic.owner(),
                            link.deviceNumber(),
                            0,
                            DescribedNic.LINK_STATE,
                            link.deleteOnVmDeletion()));
        }
    }

    /** Nothing is managed by anybody but its owner. */
    record Operator(boolean managed) {

        static final Operator NONE = new Operator(false);
    }

    static NetworkInterfaceItem of(Call call, DescribedNic seen) {
        Nic nic = seen.nic();
        return new NetworkInterfaceItem(
                nic.id(),
                nic.subnet(),
                nic.net(),
                seen.subregion(),
                ZoneIds.of(seen.subregion()),
                nic.description(),
                nic.owner(),
                seen.isManaged(),
                seen.state(),
                seen.type(),
                nic.mac(),
                nic.primaryAddress(),
                seen.dnsName(),
                seen.publicAddress().map(Association::of),
                nic.sourceDestChecked(),
                NamedGroup.of(seen),
                Attachment.of(nic),
                PrivateAddress.of(seen),
                List.of(),
                Operator.NONE,
                TagItem.of(call, nic.id()));
    }
}
