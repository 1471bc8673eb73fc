package dev.linkspan.core.operation;

import static dev.linkspan.core.refusal.Refused.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.account.Account;
import dev.linkspan.core.account.Quota;
import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.event.EventType;
import dev.linkspan.core.event.Fact;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.InternetServiceId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.PublicIpId;
import dev.linkspan.core.id.ResourceId;
import dev.linkspan.core.internet.InternetService;
import dev.linkspan.core.internet.PublicIp;
import dev.linkspan.core.internet.PublicIpPool;
import dev.linkspan.core.internet.PublicIpPools;
import dev.linkspan.core.internet.PublicIpTarget;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.net.Subnet;
import dev.linkspan.core.net.Vm;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.InMemoryStore;
import dev.linkspan.core.port.UnitOfWork;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.core.tag.Tag;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.assertj.core.api.AbstractStringAssert;

/** A Net with a Subnet, and a Region that has five public addresses to give: 203.0.113.2 to .6. */
abstract class ExitScene {

    static final PublicIpPools POOLS =
            new PublicIpPools(Map.of(Fixture.REGION, new PublicIpPool(Cidr.parse("203.0.113.0/29"))));

    final InMemoryStore store = new InMemoryStore();
    final Fixture fixture = new Fixture(store);
    final InternetServices services = new InternetServices();
    final PublicIps publicIps = new PublicIps(POOLS);
    final Vms vms = new Vms(POOLS);
    final AccountId owner = fixture.account();
    final AccountId stranger = fixture.account();
    final Net net = fixture.net(owner, "10.0.0.0/16");
    final Subnet subnet = fixture.subnet(net, "10.0.1.0/24");

    void change(Consumer<UnitOfWork> work) {
        fixture.change(unit -> {
            work.accept(unit);
            return owner;
        });
    }

    /** Nothing has happened but the refusal. */
    AbstractStringAssert<?> assertUnchanged(RefusalCode code, Consumer<UnitOfWork> work) {
        List<PublicIp> ips = fixture.read(snapshot -> snapshot.publicIps().ofOwner(owner));
        List<InternetService> doors =
                fixture.read(snapshot -> snapshot.internetServices().ofOwner(owner));
        long last = fixture.read(snapshot -> snapshot.events().lastSequence());
        AbstractStringAssert<?> message = assertRefused(code, () -> change(work));
        assertThat(fixture.<List<PublicIp>>read(snapshot -> snapshot.publicIps().ofOwner(owner)))
                .isEqualTo(ips);
        assertThat(fixture.<List<InternetService>>read(
                        snapshot -> snapshot.internetServices().ofOwner(owner)))
                .isEqualTo(doors);
        assertThat(fixture.read(snapshot -> snapshot.events().lastSequence()).longValue())
                .isEqualTo(last);
        return message;
    }

    InternetService createService() {
        return fixture.change(unit -> services.create(unit, owner));
    }

    InternetService linkService(InternetServiceId id, NetId to) {
        return fixture.change(unit -> services.link(unit, owner, id, to));
    }

    /** The Net has a way out from now on. */
    InternetService openNet() {
        return linkService(createService().id(), net.id());
    }

    PublicIp allocate() {
        return fixture.change(unit -> publicIps.allocate(unit, owner));
    }

    PublicIp link(PublicIp ip, Nic nic) {
        return link(ip, new PublicIpTarget.OfNic(nic.id(), Optional.empty()), false);
    }

    PublicIp link(PublicIp ip, PublicIpTarget target, boolean relink) {
        return fixture.change(unit -> publicIps.link(unit, owner, ip.id(), target, relink));
    }

    Nic nic(String address) {
        return fixture.nic(subnet, address, fixture.defaultGroup(net).id());
    }

    Nic primaryNic(Vm vm) {
        return fixture.read(snapshot -> snapshot.nics().ofVm(vm.id())).getFirst();
    }

    PublicIp current(PublicIpId id) {
        return fixture.read(snapshot -> snapshot.publicIps().find(id)).orElseThrow();
    }

    /** What stands for addresses of the NIC. */
    List<Ipv4> publicAddresses(Nic nic) {
        return fixture.read(snapshot -> snapshot.publicIps().ofNic(nic.id())).stream()
                .map(PublicIp::address)
                .toList();
    }

    void assertLastEvent(EventType type, ResourceId subject, String detail, NetId... nets) {
        Fact fact = fixture.read(snapshot -> snapshot.events().after(0, 1000))
                .getLast()
                .fact();
        assertThat(fact.type()).isEqualTo(type);
        assertThat(fact.subject()).isEqualTo(subject.value());
        assertThat(fact.accounts()).containsExactly(owner);
        assertThat(fact.nets()).containsExactly(nets);
        assertThat(fact.detail()).isEqualTo(detail);
    }

    void limit(Quota quota, int limit) {
        change(unit -> {
            Account account = unit.accounts().find(owner).orElseThrow();
            unit.accounts().save(new Account(owner, account.email(), Map.of(quota, limit), account.createdAt()));
        });
    }

    /** It has a tag, which goes with it. */
    void tag(ResourceId id) {
        change(unit -> unit.tags().save(new Tag(id, owner, "Name", "x")));
    }

    List<Tag> tags() {
        return fixture.read(snapshot -> snapshot.tags().ofOwner(owner));
    }

    static Ipv4 address(String text) {
        return Ipv4.parse(text);
    }
}
