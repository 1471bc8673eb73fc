package dev.linkspan.server.reachability;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.event.Origin;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.InternetServiceId;
import dev.linkspan.core.id.NatServiceId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.PublicIpId;
import dev.linkspan.core.internet.InternetService;
import dev.linkspan.core.internet.NatService;
import dev.linkspan.core.internet.NewNatService;
import dev.linkspan.core.internet.PublicIp;
import dev.linkspan.core.internet.PublicIpPools;
import dev.linkspan.core.internet.PublicIpTarget;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.net.Subnet;
import dev.linkspan.core.operation.InternetServices;
import dev.linkspan.core.operation.NatServices;
import dev.linkspan.core.operation.PublicIps;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.InMemoryStore;
import dev.linkspan.core.port.Snapshot;
import dev.linkspan.core.port.UnitOfWork;
import dev.linkspan.server.reachability.Tenants.Missing;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What tenants do about internet services, NAT services and public addresses, as {@link Tenants} does about the rest. */
final class TenantExits {

    private final InMemoryStore store;
    private final InternetServices internetServices = new InternetServices();
    private final PublicIps publicIps = new PublicIps(PublicIpPools.NONE);
    private final NatServices natServices = new NatServices();
    private final Map<String, InternetServiceId> servicesByName = new HashMap<>();
    private final Map<String, NatServiceId> natServicesByName = new HashMap<>();

    TenantExits(InMemoryStore store) {
        this.store = store;
    }

    InternetServiceId service(String name) {
        return knownService(name).orElseThrow(Missing::new);
    }

    Optional<InternetServiceId> knownService(String name) {
        return Optional.ofNullable(servicesByName.get(name));
    }

    /** Links the service of this name, which is made where there is none, to the Net. */
    void link(String name, Net net) {
        AccountId owner = net.owner();
        InternetServiceId id = servicesByName.computeIfAbsent(
                name,
                _ -> change(owner, unit -> internetServices.create(unit, owner)).id());
        change(owner, unit -> internetServices.link(unit, owner, id, net.id()));
    }

    void unlink(String name) {
        InternetServiceId id = service(name);
        InternetService service =
                read(snapshot -> snapshot.internetServices().find(id)).orElseThrow(Missing::new);
        NetId net = service.net().orElseThrow(Missing::new);
        change(service.owner(), unit -> internetServices.unlink(unit, service.owner(), id, net));
    }

    /** An address of its account's own, which is allocated where it is nobody's yet. */
    void linkPublicIp(Step.LinkPublicIp step, Nic nic) {
        Ipv4 address = Ipv4.parse(step.publicAddress());
        PublicIpTarget target = new PublicIpTarget.OfNic(nic.id(), Optional.of(Ipv4.parse(step.privateAddress())));
        change(nic.owner(), unit -> {
            PublicIp ip = Fixture.publicIp(unit, nic.owner(), address);
            return publicIps.link(unit, nic.owner(), ip.id(), target, true);
        });
    }

    void unlinkPublicIp(Ipv4 address) {
        AccountId owner = read(snapshot -> snapshot.publicIps().findByAddress(address))
                .orElseThrow(Missing::new)
                .owner();
        change(owner, unit -> publicIps.unlink(unit, owner, address));
    }

    NatServiceId natService(String name) {
        return Optional.ofNullable(natServicesByName.get(name)).orElseThrow(Missing::new);
    }

    /** A public address is allocated where it is nobody's yet. */
    void createNatService(Step.CreateNatService step, Subnet subnet) {
        AccountId owner = subnet.owner();
        NatService made = change(owner, unit -> {
            Optional<PublicIpId> ip = Optional.of(step.publicAddress())
                    .filter(address -> !address.isEmpty())
                    .map(Ipv4::parse)
                    .map(address -> unit.publicIps()
                            .findByAddress(address)
                            .orElseGet(() -> Fixture.publicIp(unit, owner, address)))
                    .map(PublicIp::id);
            Optional<Ipv4> address = Optional.of(Ipv4.parse(step.privateAddress()));
            return natServices.create(unit, owner, new NewNatService(subnet.id(), ip, address, Optional.empty()));
        });
        natServicesByName.put(step.nat(), made.id());
    }

    void deleteNatService(String name) {
        NatServiceId id = natService(name);
        AccountId owner = read(snapshot -> snapshot.natServices().find(id))
                .orElseThrow(Missing::new)
                .owner();
        change(owner, unit -> natServices.delete(unit, owner, id));
    }

    private <T> T change(AccountId by, Function<UnitOfWork, T> work) {
        return store.change(Fixture.REGION, new Origin(by.value(), "wire"), work);
    }

    private <T> T read(Function<Snapshot, T> query) {
        return store.read(Fixture.REGION, query);
    }
}
