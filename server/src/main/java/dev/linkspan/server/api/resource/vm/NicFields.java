package dev.linkspan.server.api.resource.vm;

import dev.linkspan.core.net.Nic;
import dev.linkspan.core.net.NicLink;
import dev.linkspan.server.api.ec2.ZoneIds;
import dev.linkspan.server.api.listing.Fields;
import dev.linkspan.server.api.listing.Names;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * By what NICs are chosen: by themselves, and as what a VM has, which is chosen where any of its NICs would be.
 *
 * @param <T> what is chosen
 * @param outscale what the names of OUTSCALE's filters begin with
 * @param ec2 what the names of EC2's filters begin with
 * @param nics those of one
 */
public record NicFields<T>(String outscale, String ec2, Function<T, List<DescribedNic>> nics) {

    /** All but their ids. */
    public Fields<T> all() {
        return Fields.<T>of()
                .with(ofNic())
                .with(ofAddresses())
                .with(ofLink())
                .with(ofGroups())
                .with(ofPublicAddresses())
                .with(absent());
    }

    private Names names(String outscaleName, String... ec2Names) {
        return new Names(Optional.of(outscale + outscaleName), behindPrefix(ec2Names));
    }

    private Names ec2Names(String... names) {
        return new Names(Optional.empty(), behindPrefix(names));
    }

    private List<String> behindPrefix(String... names) {
        return List.of(names).stream().map(ec2::concat).toList();
    }

    private Fields<T> ofNic() {
        return Fields.<T>of()
                .text(names("Descriptions", "description"), eachNic(Nic::description))
                .text(names("MacAddresses", "mac-address"), eachNic(Nic::mac))
                .text(names("NetIds", "vpc-id"), eachNic(Nic::net))
                .text(names("SubnetIds", "subnet-id"), eachNic(Nic::subnet))
                .text(names("SubregionNames", "availability-zone"), each(DescribedNic::subregion))
                .text(ec2Names("availability-zone-id"), each(seen -> ZoneIds.of(seen.subregion())))
                .text(names("States", "status"), each(DescribedNic::state))
                .text(ec2Names("owner-id"), eachNic(Nic::owner))
                .flag(ec2Names("source-dest-check"), eachNic(Nic::sourceDestChecked))
                .text(ec2Names("interface-type"), each(DescribedNic::type))
                .flag(ec2Names("operator.managed"), each(_ -> false))
                .flag(ec2Names("requester-managed"), each(DescribedNic::isManaged));
    }

    private Fields<T> ofAddresses() {
        return Fields.<T>of()
                .text(
                        names("PrivateIpsPrivateIps", "addresses.private-ip-address"),
                        all(seen -> seen.nic().addresses()))
                .flag(
                        names("PrivateIpsPrimaryIp", "addresses.primary"),
                        all(seen -> seen.ofAddresses(DescribedNic.Address::primary)))
                .text(
                        ec2Names("addresses.private-dns-name"),
                        all(seen -> seen.ofAddresses(DescribedNic.Address::dnsName)))
                .text(ec2Names("private-ip-address"), eachNic(Nic::primaryAddress))
                .text(ec2Names("private-dns-name"), each(DescribedNic::dnsName));
    }

    private Fields<T> ofLink() {
        return Fields.<T>of()
                .text(names("LinkNicLinkNicIds", "attachment.attachment-id"), eachLink(NicLink::id))
                .text(names("LinkNicVmIds", "attachment.instance-id"), eachLink(NicLink::vm))
                .account(
                        names("LinkNicVmAccountIds", "attachment.instance-owner-id"),
                        all(seen -> linked(seen, _ -> seen.nic().owner())))
                .number(names("LinkNicDeviceNumbers", "attachment.device-index"), eachLink(NicLink::deviceNumber))
                .flag(
                        names("LinkNicDeleteOnVmDeletion", "attachment.delete-on-termination"),
                        eachLink(NicLink::deleteOnVmDeletion))
                .text(names("LinkNicStates", "attachment.status"), eachLink(_ -> DescribedNic.LINK_STATE))
                .number(ec2Names("attachment.network-card-index"), eachLink(_ -> 0));
    }

    private Fields<T> ofGroups() {
        return Fields.<T>of()
                .text(
                        names("SecurityGroupIds", "group-id"),
                        all(seen -> seen.nic().groups()))
                .text(names("SecurityGroupNames", "group-name"), all(DescribedNic::groupNames));
    }

    private Fields<T> ofPublicAddresses() {
        return Fields.<T>of()
                .account(names("LinkPublicIpAccountIds"), eachPublicAddress(PublicAddress::owner))
                .text(ec2Names("association.ip-owner-id"), eachPublicAddress(NetworkInterfaceItem.Association::owner))
                .text(
                        names("LinkPublicIpLinkPublicIpIds", "association.association-id"),
                        eachPublicAddress(PublicAddress::link))
                .text(
                        names("LinkPublicIpPublicIpIds", "association.allocation-id"),
                        eachPublicAddress(PublicAddress::id))
                .text(
                        names("LinkPublicIpPublicIps", "association.public-ip"),
                        eachPublicAddress(it -> Optional.of(it.address())))
                .text(
                        ec2Names("association.public-dns-name", "public-dns-name"),
                        eachPublicAddress(it -> Optional.of(it.dnsName())))
                .account(names("PrivateIpsLinkPublicIpAccountIds"), anyPublicAddress(PublicAddress::owner))
                .text(
                        ec2Names("addresses.association.owner-id"),
                        anyPublicAddress(NetworkInterfaceItem.Association::owner))
                .text(
                        ec2Names("addresses.association.ip-owner-id"),
                        anyPublicAddress(NetworkInterfaceItem.Association::owner))
                .text(ec2Names("addresses.association.allocation-id"), anyPublicAddress(PublicAddress::id))
                .text(ec2Names("addresses.association.association-id"), anyPublicAddress(PublicAddress::link))
                .text(
                        ec2Names("addresses.association.public-dns-name"),
                        anyPublicAddress(it -> Optional.of(it.dnsName())))
                .text(ec2Names("addresses.association.public-ip"), anyPublicAddress(it -> Optional.of(it.address())));
    }

    /** There are no addresses of IPv6. */
    private Fields<T> absent() {
        return Fields.<T>of()
                .absent(
                        ec2Names("attachment.attach-time"),
                        ec2Names("ipv6-addresses.ipv6-address"),
                        ec2Names("operator.principal"),
                        ec2Names("requester-id"));
    }

    /** Of the public address of each NIC's primary address. */
    private Function<T, List<?>> eachPublicAddress(Function<PublicAddress, Optional<?>> value) {
        return all(seen -> seen.publicAddress().flatMap(value).stream().toList());
    }

    /** Of the public addresses of each NIC. */
    private Function<T, List<?>> anyPublicAddress(Function<PublicAddress, Optional<?>> value) {
        return all(seen -> seen.publicAddresses().stream()
                .<Object>flatMap(it -> value.apply(it).stream())
                .toList());
    }

    private Function<T, List<?>> all(Function<DescribedNic, List<?>> values) {
        return item -> nics.apply(item).stream()
                .<Object>flatMap(seen -> values.apply(seen).stream())
                .toList();
    }

    private Function<T, List<?>> each(Function<DescribedNic, ?> value) {
        return all(seen -> List.of(value.apply(seen)));
    }

    private Function<T, List<?>> eachNic(Function<Nic, ?> value) {
        return each(seen -> value.apply(seen.nic()));
    }

    private Function<T, List<?>> eachLink(Function<NicLink, ?> value) {
        return all(seen -> linked(seen, value));
    }

    private static List<?> linked(DescribedNic seen, Function<NicLink, ?> value) {
        Optional<?> linked = seen.nic().link().map(value);
        return linked.stream().toList();
    }
}
