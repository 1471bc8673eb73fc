package dev.linkspan.core.port;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.InternetServiceId;
import dev.linkspan.core.id.NatServiceId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.id.PublicIpId;
import dev.linkspan.core.id.PublicIpLinkId;
import dev.linkspan.core.internet.InternetService;
import dev.linkspan.core.internet.NatConnectivity;
import dev.linkspan.core.internet.NatService;
import dev.linkspan.core.internet.PublicIp;
import dev.linkspan.core.internet.PublicIpLink;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.net.Subnet;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What leads out of Nets: internet services, NAT services and public IPs. */
public abstract class StoredExitsContract extends StoreContract {

    private AccountId owner;
    private AccountId stranger;
    private Net net;
    private Nic nic;

    @BeforeEach
    void populate() {
        owner = fixture.account();
        stranger = fixture.account();
        net = fixture.net(owner, "10.0.0.0/16");
        Subnet subnet = fixture.subnet(net, "10.0.1.0/24");
        nic = fixture.nic(subnet, "10.0.1.4", fixture.defaultGroup(net).id());
    }

    private void write(Consumer<UnitOfWork> work) {
        fixture.change(unit -> {
            work.accept(unit);
            return true;
        });
    }

    private InternetService service(int digits, AccountId account) {
        return new InternetService(InternetServiceId.KIND.of(digits), account, Optional.empty(), fixture.now());
    }

    private PublicIp publicIp(int digits, String address) {
        return new PublicIp(
                PublicIpId.KIND.of(digits), Ipv4.parse(address), owner, false, Optional.empty(), fixture.now());
    }

    private PublicIpLink link(int digits, String address) {
        return new PublicIpLink(PublicIpLinkId.KIND.of(digits), net.id(), nic.id(), Ipv4.parse(address));
    }

    @Test
    @Rule("X1")
    void internet_services() {
        InternetService unlinked = service(7, owner);
        clock.advance(Duration.ofMillis(1));
        InternetService linked = service(6, owner).linkedTo(net.id());
        write(unit -> unit.internetServices().save(linked));
        write(unit -> unit.internetServices().save(unlinked));

        assertOne(snapshot -> snapshot.internetServices().find(linked.id())).contains(linked);
        assertOne(snapshot -> snapshot.internetServices().find(unlinked.id())).contains(unlinked);
        assertOne(snapshot -> snapshot.internetServices().find(InternetServiceId.KIND.of(-1)))
                .isEmpty();
        assertOne(snapshot -> snapshot.internetServices().findOfNet(net.id())).contains(linked);
        assertOne(snapshot -> snapshot.internetServices().findOfNet(NetId.KIND.of(-1)))
                .isEmpty();
        assertList(snapshot -> snapshot.internetServices().ofOwner(owner)).containsExactly(unlinked, linked);
        assertList(snapshot -> snapshot.internetServices().ofOwner(stranger)).isEmpty();
        assertList(elsewhere, snapshot -> snapshot.internetServices().ofOwner(owner))
                .isEmpty();
        assertThat((int) fixture.read(snapshot -> snapshot.internetServices().countOfOwner(owner)))
                .isEqualTo(2);
        assertBug(() -> write(unit -> unit.internetServices().save(unlinked.linkedTo(net.id()))));
        assertBug(() -> write(unit -> unit.internetServices().save(unlinked.linkedTo(NetId.KIND.of(-1)))));
        assertBug(() -> write(unit -> unit.internetServices().save(service(8, new AccountId("999999999999")))));

        write(unit -> unit.internetServices().save(linked.unlinked()));
        assertOne(snapshot -> snapshot.internetServices().find(linked.id())).contains(linked.unlinked());
        assertOne(snapshot -> snapshot.internetServices().findOfNet(net.id())).isEmpty();
        write(unit -> unit.internetServices().delete(linked.id()));
        assertOne(snapshot -> snapshot.internetServices().find(linked.id())).isEmpty();
    }

    @Test
    @Rule("X1")
    void a_net_is_not_deleted_while_an_internet_service_is_linked_to_it() {
        Net brief = fixture.bareNet(owner, "10.1.0.0/16");
        InternetService linked = service(6, owner).linkedTo(brief.id());
        write(unit -> unit.internetServices().save(linked));

        assertBug(() -> write(unit -> unit.nets().delete(brief.id())));
        write(unit -> {
            unit.internetServices().save(linked.unlinked());
            unit.nets().delete(brief.id());
        });
    }

    @Test
    @Rule("X2")
    void public_ips() {
        PublicIp free = publicIp(7, "203.0.113.9");
        PublicIp linked = publicIp(6, "203.0.113.10").linked(link(5, "10.0.1.4"));
        clock.advance(Duration.ofMillis(1));
        PublicIp ofMachine = new PublicIp(
                PublicIpId.KIND.of(4),
                Ipv4.parse("203.0.113.2"),
                owner,
                true,
                Optional.of(link(3, "10.0.1.5")),
                fixture.now());
        write(unit -> {
            unit.publicIps().save(ofMachine);
            unit.publicIps().save(free);
            unit.publicIps().save(linked);
        });

        assertOne(snapshot -> snapshot.publicIps().find(linked.id())).contains(linked);
        assertOne(snapshot -> snapshot.publicIps().find(PublicIpId.KIND.of(-1))).isEmpty();
        assertOne(snapshot -> snapshot.publicIps().findByAddress(free.address()))
                .contains(free);
        assertOne(snapshot -> snapshot.publicIps().findByAddress(Ipv4.parse("203.0.113.1")))
                .isEmpty();
        assertOne(snapshot -> snapshot.publicIps().findByLink(PublicIpLinkId.KIND.of(3)))
                .contains(ofMachine);
        assertOne(snapshot -> snapshot.publicIps().findByLink(PublicIpLinkId.KIND.of(4)))
                .isEmpty();
        assertList(snapshot -> snapshot.publicIps().ofOwner(owner)).containsExactly(linked, free, ofMachine);
        assertList(snapshot -> snapshot.publicIps().ofOwner(stranger)).isEmpty();
        assertList(snapshot -> snapshot.publicIps().ofNet(net.id())).containsExactly(linked, ofMachine);
        assertList(snapshot -> snapshot.publicIps().ofNic(nic.id())).containsExactly(linked, ofMachine);
        assertList(snapshot -> snapshot.publicIps().ofNic(NicId.KIND.of(-1))).isEmpty();
        assertThat((int) fixture.read(snapshot -> snapshot.publicIps().countOfOwner(owner)))
                .isEqualTo(3);
        assertThat(fixture.<Set<Ipv4>>read(snapshot -> snapshot.publicIps().takenAddresses()))
                .containsExactlyInAnyOrder(free.address(), linked.address(), ofMachine.address());
        assertThat(elsewhere.<Set<Ipv4>>read(snapshot -> snapshot.publicIps().takenAddresses()))
                .isEmpty();

        write(unit -> unit.publicIps().save(linked.unlinked()));
        assertOne(snapshot -> snapshot.publicIps().find(linked.id())).contains(linked.unlinked());
        write(unit -> unit.publicIps().delete(ofMachine.id()));
        assertList(snapshot -> snapshot.publicIps().ofNet(net.id())).isEmpty();
    }

    @Test
    @Rule("X2")
    void an_address_is_given_once_and_stands_for_one() {
        PublicIp linked = publicIp(6, "203.0.113.10").linked(link(5, "10.0.1.4"));
        write(unit -> unit.publicIps().save(linked));

        assertBug(() -> write(unit -> unit.publicIps().save(publicIp(7, "203.0.113.10"))));
        assertBug(() ->
                write(unit -> unit.publicIps().save(publicIp(7, "203.0.113.11").linked(link(8, "10.0.1.4")))));
        assertBug(() -> write(unit -> unit.nics().delete(nic.id())));
        AccountId there = elsewhere.account();
        elsewhere.change(unit -> {
            unit.publicIps()
                    .save(new PublicIp(
                            PublicIpId.KIND.of(7), linked.address(), there, false, Optional.empty(), unit.now()));
            return true;
        });
    }

    private NatService natService(int digits, Optional<String> clientToken) {
        return new NatService(
                NatServiceId.KIND.of(digits),
                owner,
                net.id(),
                nic.subnet(),
                NicId.KIND.of(digits),
                NatConnectivity.PUBLIC,
                fixture.now(),
                Optional.empty(),
                clientToken);
    }

    @Test
    void nat_services() {
        NatService later = natService(7, Optional.of("token"));
        clock.advance(Duration.ofMillis(1));
        NatService latest = natService(6, Optional.of("token"));
        write(unit -> {
            unit.natServices().save(latest);
            unit.natServices().save(later);
        });
        Subnet subnet = fixture.subnet(net, "10.0.2.0/24");
        NatService own = fixture.natService(subnet, "10.0.2.4");

        assertOne(snapshot -> snapshot.natServices().find(latest.id())).contains(latest);
        assertOne(snapshot -> snapshot.natServices().find(own.id())).contains(own);
        assertOne(snapshot -> snapshot.natServices().find(NatServiceId.KIND.of(-1)))
                .isEmpty();
        assertOne(snapshot -> snapshot.nics().find(own.nic()).flatMap(Nic::natService))
                .contains(own.id());
        assertList(snapshot -> snapshot.natServices().ofOwner(owner)).containsExactly(later, latest, own);
        assertList(snapshot -> snapshot.natServices().ofOwner(stranger)).isEmpty();
        assertList(elsewhere, snapshot -> snapshot.natServices().ofOwner(owner)).isEmpty();
        assertList(snapshot -> snapshot.natServices().existingOfNet(net.id())).containsExactly(later, latest, own);
        assertList(snapshot -> snapshot.natServices().existingOfNet(NetId.KIND.of(-1)))
                .isEmpty();
        assertList(snapshot -> snapshot.natServices().ofClientToken(owner, "token"))
                .containsExactly(later, latest);
        assertList(snapshot -> snapshot.natServices().ofClientToken(stranger, "token"))
                .isEmpty();
        assertThat((int) fixture.read(snapshot -> snapshot.natServices().countOfOwner(owner)))
                .isEqualTo(3);
        assertBug(() -> write(unit -> unit.natServices().delete(own.id())));
        assertBug(() -> write(unit -> unit.nets().delete(net.id())));
    }

    @Test
    @Rule("X7")
    void deleted_nat_services_are_kept_until_they_are_forgotten() {
        NatService first = natService(7, Optional.empty());
        NatService second = natService(6, Optional.empty());
        NatService existing = natService(8, Optional.empty());
        Instant then = fixture.now().plusMillis(5);
        NatService gone = first.deleted(then);
        NatService goneLater = second.deleted(then.plusMillis(1));
        write(unit -> List.of(gone, goneLater, existing).forEach(unit.natServices()::save));

        assertOne(snapshot -> snapshot.natServices().find(gone.id())).contains(gone);
        assertList(snapshot -> snapshot.natServices().existingOfNet(net.id())).containsExactly(existing);
        assertThat((int) fixture.read(snapshot -> snapshot.natServices().countOfOwner(owner)))
                .isEqualTo(1);
        write(unit -> {
            assertThat(unit.natServices().deletedBy(then.minusMillis(1), 5)).isEmpty();
            assertThat(unit.natServices().deletedBy(then, 5)).containsExactly(gone);
            assertThat(unit.natServices().deletedBy(then.plusMillis(1), 5)).containsExactly(gone, goneLater);
            assertThat(unit.natServices().deletedBy(then.plusMillis(1), 1)).containsExactly(gone);
            unit.natServices().delete(gone.id());
        });
        assertOne(snapshot -> snapshot.natServices().find(gone.id())).isEmpty();
        assertList(snapshot -> snapshot.natServices().ofOwner(owner)).containsExactly(goneLater, existing);
    }

    @Test
    void a_rehearsal_sees_the_nat_services_that_it_changed() {
        NatService before = natService(7, Optional.of("token"));
        write(unit -> unit.natServices().save(before));

        boolean seen = fixture.rehearse(unit -> {
            NatService gone = before.deleted(unit.now());
            NatService made = natService(8, Optional.of("other"));
            unit.natServices().save(gone);
            unit.natServices().save(made);
            assertThat(unit.natServices().find(before.id())).contains(gone);
            assertThat(unit.natServices().existingOfNet(net.id())).containsExactly(made);
            assertThat(unit.natServices().ofOwner(owner)).containsExactly(gone, made);
            assertThat(unit.natServices().ofClientToken(owner, "other")).containsExactly(made);
            assertThat(unit.natServices().ofClientToken(owner, "token")).containsExactly(gone);
            assertThat(unit.natServices().countOfOwner(owner)).isEqualTo(1);
            assertThat(unit.natServices().deletedBy(unit.now(), 5)).isEmpty();
            return true;
        });
        assertThat(seen).isTrue();
        assertOne(snapshot -> snapshot.natServices().find(before.id())).contains(before);
    }

    @Test
    void a_rehearsal_sees_what_it_changed() {
        PublicIp linked = publicIp(6, "203.0.113.10").linked(link(5, "10.0.1.4"));
        PublicIp free = publicIp(7, "203.0.113.11");
        InternetService service = service(6, owner).linkedTo(net.id());
        write(unit -> {
            unit.publicIps().save(linked);
            unit.publicIps().save(free);
            unit.internetServices().save(service);
        });

        boolean seen = fixture.rehearse(unit -> {
            unit.publicIps().save(linked.unlinked());
            unit.publicIps().delete(free.id());
            unit.publicIps().save(publicIp(8, "203.0.113.12"));
            unit.internetServices().save(service.unlinked());
            assertThat(unit.publicIps().ofNic(nic.id())).isEmpty();
            assertThat(unit.publicIps().ofNet(net.id())).isEmpty();
            assertThat(unit.publicIps().findByLink(PublicIpLinkId.KIND.of(5))).isEmpty();
            assertThat(unit.publicIps().findByAddress(free.address())).isEmpty();
            assertThat(unit.publicIps().takenAddresses())
                    .containsExactlyInAnyOrder(linked.address(), Ipv4.parse("203.0.113.12"));
            assertThat(unit.publicIps().countOfOwner(owner)).isEqualTo(2);
            assertThat(unit.internetServices().findOfNet(net.id())).isEmpty();
            assertThat(unit.internetServices().ofOwner(owner)).containsExactly(service.unlinked());
            return true;
        });
        assertThat(seen).isTrue();
        assertOne(snapshot -> snapshot.publicIps().find(free.id())).contains(free);
    }
}
