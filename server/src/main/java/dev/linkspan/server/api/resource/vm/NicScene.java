package dev.linkspan.server.api.resource.vm;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.id.SubnetId;
import dev.linkspan.core.id.SubregionName;
import dev.linkspan.core.internet.PublicIp;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.net.Subnet;
import dev.linkspan.core.port.Snapshot;
import dev.linkspan.core.securitygroup.SecurityGroupHead;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What answers say about NICs beside what is the NIC's own, looked up once for all NICs of a call. */
public record NicScene(
        RegionName region,
        Map<SecurityGroupId, String> groupNames,
        Map<SubnetId, SubregionName> subregions,
        Map<NicId, List<PublicIp>> publicIps) {

    static NicScene of(Snapshot snapshot, Collection<Nic> nics) {
        return new NicScene(
                snapshot.region(),
                each(
                        nics.stream().flatMap(nic -> nic.groups().stream()).collect(Collectors.toSet()),
                        id -> snapshot.securityGroups()
                                .findHead(id)
                                .map(SecurityGroupHead::name)
                                .orElse("")),
                each(
                        nics.stream().map(Nic::subnet).collect(Collectors.toSet()),
                        id -> snapshot.subnets()
                                .find(id)
                                .map(Subnet::subregion)
                                .orElseThrow(() ->
                                        new IllegalStateException("BUG: a NIC is in %s, which is gone".formatted(id)))),
                publicIps(snapshot, nics));
    }

    /** One query for each account, however many NICs there are. */
    private static Map<NicId, List<PublicIp>> publicIps(Snapshot snapshot, Collection<Nic> nics) {
        Stream<PublicIp> found = nics.size() == 1
                ? nics.stream().flatMap(nic -> snapshot.publicIps().ofNic(nic.id()).stream())
                : nics.stream()
                        .map(Nic::owner)
                        .distinct()
                        .flatMap(owner -> snapshot.publicIps().ofOwner(owner).stream());
        Map<NicId, List<PublicIp>> byNic = new HashMap<>();
        found.forEach(ip -> ip.link()
                .ifPresent(link -> byNic.computeIfAbsent(link.nic(), _ -> new ArrayList<>())
                        .add(ip)));
        return byNic;
    }

    private static <K, V> Map<K, V> each(Collection<K> keys, Function<K, V> value) {
        Map<K, V> values = new HashMap<>();
        keys.forEach(key -> values.put(key, value.apply(key)));
        return values;
    }

    /** What stands for this address of the NIC. */
    Optional<PublicIp> publicIp(NicId nic, Ipv4 address) {
        return publicIps.getOrDefault(nic, List.of()).stream()
                .filter(ip -> ip.standsForOneOf(List.of(address)))
                .findFirst();
    }

    String groupName(SecurityGroupId id) {
        return groupNames.getOrDefault(id, "");
    }

    SubregionName subregion(SubnetId id) {
        return Objects.requireNonNull(subregions.get(id));
    }

    String dnsName(Ipv4 address) {
        return "ip-%s.%s.compute.internal".formatted(address.toString().replace('.', '-'), region);
    }
}
