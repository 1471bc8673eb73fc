package dev.linkspan.server.api.resource.publicip;

import static dev.linkspan.server.api.listing.Names.both;
import static dev.linkspan.server.api.listing.Names.ec2;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.id.PublicIpId;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.internet.PublicIp;
import dev.linkspan.core.internet.PublicIpLink;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.net.NicLink;
import dev.linkspan.core.port.Snapshot;
import dev.linkspan.server.api.call.Position;
import dev.linkspan.server.api.call.ReadCall;
import dev.linkspan.server.api.listing.Criteria;
import dev.linkspan.server.api.listing.Field;
import dev.linkspan.server.api.listing.Fields;
import dev.linkspan.server.api.listing.Listing;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** How public IPs are listed: those that the caller allocated. */
final class PublicIpListing {

    /** What public IPs are for: there are no machines but in Nets. */
    static final String PLACEMENT = "vpc";

    /**
     * A public IP.
     *
     * @param nic the one whose address it stands for
     */
    record SeenPublicIp(PublicIp ip, Optional<Nic> nic, RegionName region) {

        static SeenPublicIp of(Snapshot snapshot, PublicIp ip) {
            return new SeenPublicIp(
                    ip, ip.link().flatMap(link -> snapshot.nics().find(link.nic())), snapshot.region());
        }

        <V> Optional<V> ofLink(Function<PublicIpLink, V> value) {
            return ip.link().map(value);
        }

        Optional<VmId> vm() {
            return nic.flatMap(Nic::link).map(NicLink::vm);
        }
    }

    static final Field<SeenPublicIp, PublicIpId> ID = Field.id(
            both("PublicIpIds", "allocation-id"),
            PublicIpId.KIND,
            seen -> seen.ip().id());

    private static final Field<SeenPublicIp, Ipv4> ADDRESS = Field.parsed(
            both("PublicIps", "public-ip"), Ipv4::tryParse, seen -> seen.ip().address());

    private static final Fields<SeenPublicIp> FIELDS = Fields.<SeenPublicIp>of()
            .with(ID)
            .with(ADDRESS)
            .text(both("LinkPublicIpIds", "association-id"), seen -> seen.ofLink(PublicIpLink::id))
            .text(both("NicIds", "network-interface-id"), seen -> seen.ofLink(PublicIpLink::nic))
            .account(
                    both("NicAccountIds", "network-interface-owner-id"),
                    seen -> seen.nic().map(Nic::owner))
            .text(both("Placements", "domain"), _ -> PLACEMENT)
            .text(both("PrivateIps", "private-ip-address"), seen -> seen.ofLink(PublicIpLink::privateAddress))
            .text(both("VmIds", "instance-id"), SeenPublicIp::vm)
            .text(ec2("network-border-group"), SeenPublicIp::region)
            .tags(seen -> seen.ip().id());

    static final Listing<SeenPublicIp> PUBLIC_IPS = Listing.whole(
            FIELDS,
            PublicIpListing::candidates,
            seen -> Position.byCreation(seen.ip().createdAt(), seen.ip().id()));

    private PublicIpListing() {}

    private static List<SeenPublicIp> candidates(ReadCall call, Criteria<SeenPublicIp> criteria) {
        Snapshot snapshot = call.snapshot();
        return criteria.named(ID)
                .map(ids -> ids.stream()
                        .flatMap(id -> snapshot.publicIps().find(id).stream())
                        .toList())
                .or(() -> criteria.named(ADDRESS)
                        .map(addresses -> addresses.stream()
                                .flatMap(address -> snapshot.publicIps().findByAddress(address).stream())
                                .toList()))
                .map(ips -> own(call, ips).stream()
                        .map(ip -> SeenPublicIp.of(snapshot, ip))
                        .toList())
                .orElseGet(() -> ofCaller(call));
    }

    private static List<PublicIp> own(ReadCall call, List<PublicIp> ips) {
        return ips.stream()
                .filter(ip -> ip.owner().equals(call.caller()) && !ip.ofMachine())
                .toList();
    }

    /** NICs are read once, however many there are. */
    private static List<SeenPublicIp> ofCaller(ReadCall call) {
        Snapshot snapshot = call.snapshot();
        List<PublicIp> ips = own(call, snapshot.publicIps().ofOwner(call.caller()));
        Map<NicId, Nic> nics = ips.stream().noneMatch(ip -> ip.link().isPresent())
                ? Map.of()
                : snapshot.nics().ofOwner(call.caller()).stream()
                        .collect(Collectors.toMap(Nic::id, Function.identity()));
        return ips.stream()
                .map(ip -> new SeenPublicIp(
                        ip, ip.link().flatMap(link -> Optional.ofNullable(nics.get(link.nic()))), snapshot.region()))
                .toList();
    }
}
