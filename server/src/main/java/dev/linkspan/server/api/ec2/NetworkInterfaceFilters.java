package dev.linkspan.server.api.ec2;

import dev.linkspan.core.net.Nic;
import dev.linkspan.core.net.NicLink;
import dev.linkspan.server.api.machine.SeenNic;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The filters over network interfaces: by themselves, and as what an instance has. */
final class NetworkInterfaceFilters {

    private NetworkInterfaceFilters() {}

    /** Filters that match what has any interface that they match, each called by its EC2 name behind the prefix. */
    static <T> Ec2Filters<T> added(Ec2Filters<T> table, String prefix, Function<T, List<SeenNic>> nics) {
        return ofAttachments(ofAddresses(table, prefix, nics), prefix, nics)
                .with(prefix + "availability-zone", each(nics, SeenNic::subregion))
                .with(prefix + "availability-zone-id", each(nics, SeenNic::subregion))
                .with(prefix + "description", eachNic(nics, Nic::description))
                .with(prefix + "group-id", all(nics, seen -> seen.nic().groups()))
                .with(prefix + "group-name", all(nics, SeenNic::groupNames))
                .with(prefix + "interface-type", each(nics, _ -> NetworkInterfaceRequests.TYPE))
                .with(prefix + "mac-address", eachNic(nics, Nic::mac))
                .with(prefix + "network-interface-id", eachNic(nics, Nic::id))
                .with(prefix + "operator.managed", each(nics, _ -> false))
                .with(prefix + "owner-id", eachNic(nics, Nic::owner))
                .with(prefix + "requester-managed", each(nics, _ -> false))
                .with(prefix + "source-dest-check", eachNic(nics, Nic::sourceDestChecked))
                .with(prefix + "status", each(nics, SeenNic::state))
                .with(prefix + "subnet-id", eachNic(nics, Nic::subnet))
                .with(prefix + "vpc-id", eachNic(nics, Nic::net))
                .absent(
                        prefix + "association.allocation-id",
                        prefix + "association.association-id",
                        prefix + "association.ip-owner-id",
                        prefix + "association.public-dns-name",
                        prefix + "association.public-ip",
                        prefix + "ipv6-addresses.ipv6-address",
                        prefix + "operator.principal",
                        prefix + "requester-id");
    }

    private static <T> Ec2Filters<T> ofAddresses(Ec2Filters<T> table, String prefix, Function<T, List<SeenNic>> nics) {
        return table.with(prefix + "private-ip-address", eachNic(nics, Nic::primaryAddress))
                .with(prefix + "private-dns-name", each(nics, SeenNic::dnsName))
                .with(
                        prefix + "addresses.private-ip-address",
                        all(nics, seen -> seen.nic().addresses()))
                .with(prefix + "addresses.primary", all(nics, seen -> seen.ofAddresses(SeenNic.Address::primary)))
                .with(
                        prefix + "addresses.private-dns-name",
                        all(nics, seen -> seen.ofAddresses(SeenNic.Address::dnsName)))
                .absent(prefix + "addresses.association.owner-id", prefix + "addresses.association.public-ip");
    }

    private static <T> Ec2Filters<T> ofAttachments(
            Ec2Filters<T> table, String prefix, Function<T, List<SeenNic>> nics) {
        return table.with(prefix + "attachment.attachment-id", eachLink(nics, NicLink::id))
                .with(prefix + "attachment.delete-on-termination", eachLink(nics, NicLink::deleteOnVmDeletion))
                .with(prefix + "attachment.device-index", eachLink(nics, NicLink::deviceNumber))
                .with(prefix + "attachment.instance-id", eachLink(nics, NicLink::vm))
                .with(
                        prefix + "attachment.instance-owner-id",
                        all(nics, seen -> linked(seen, _ -> seen.nic().owner())))
                .with(prefix + "attachment.network-card-index", eachLink(nics, _ -> 0))
                .with(prefix + "attachment.status", eachLink(nics, _ -> SeenNic.LINK_STATE))
                .absent(prefix + "attachment.attach-time");
    }

    private static <T> Function<T, List<?>> all(Function<T, List<SeenNic>> nics, Function<SeenNic, List<?>> values) {
        return item -> nics.apply(item).stream()
                .<Object>flatMap(seen -> values.apply(seen).stream())
                .toList();
    }

    private static <T> Function<T, List<?>> each(Function<T, List<SeenNic>> nics, Function<SeenNic, ?> value) {
        return all(nics, seen -> List.of(value.apply(seen)));
    }

    private static <T> Function<T, List<?>> eachNic(Function<T, List<SeenNic>> nics, Function<Nic, ?> value) {
        return each(nics, seen -> value.apply(seen.nic()));
    }

    private static <T> Function<T, List<?>> eachLink(Function<T, List<SeenNic>> nics, Function<NicLink, ?> value) {
        return all(nics, seen -> linked(seen, value));
    }

    private static List<?> linked(SeenNic seen, Function<NicLink, ?> value) {
        Optional<?> linked = seen.nic().link().map(value);
        return linked.stream().toList();
    }
}
