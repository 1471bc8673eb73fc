package dev.linkspan.core.operation;

import static dev.linkspan.core.refusal.Refused.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.event.Event;
import dev.linkspan.core.event.EventType;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.net.Subnet;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.InMemoryStore;
import dev.linkspan.core.refusal.RefusalCode;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NicAddressesTest {

    private final Fixture fixture = new Fixture(new InMemoryStore());
    private final NicAddresses addresses = new NicAddresses();
    private final AccountId owner = fixture.account();
    private final Net net = fixture.net(owner, "10.0.0.0/16");
    private final Subnet subnet = fixture.subnet(net, "10.0.1.0/24");
    private final SecurityGroupId group = fixture.defaultGroup(net).id();
    private final Nic nic = fixture.nic(subnet, "10.0.1.4", group);

    private static List<Ipv4> parsed(String... texts) {
        return Stream.of(texts).map(Ipv4::parse).toList();
    }

    private Nic link(Nic to, boolean relink, String... texts) {
        return fixture.change(unit -> addresses.link(unit, owner, to.id(), parsed(texts), relink));
    }

    private Nic linkAny(int count) {
        return fixture.change(unit -> addresses.linkAny(unit, owner, nic.id(), count));
    }

    private Nic unlink(String... texts) {
        return fixture.change(unit -> addresses.unlink(unit, owner, nic.id(), parsed(texts)));
    }

    private List<Ipv4> addressesOf(Nic of) {
        return fixture.read(snapshot -> snapshot.nics().find(of.id()))
                .orElseThrow()
                .addresses();
    }

    @Test
    void chosen_addresses_become_secondary_ones() {
        link(nic, false, "10.0.1.9", "10.0.1.7");

        assertThat(addressesOf(nic)).isEqualTo(parsed("10.0.1.4", "10.0.1.9", "10.0.1.7"));
    }

    @Test
    void addresses_that_it_has_stay_where_they_are() {
        link(nic, false, "10.0.1.9");
        link(nic, false, "10.0.1.9", "10.0.1.4");

        assertThat(addressesOf(nic)).isEqualTo(parsed("10.0.1.4", "10.0.1.9"));
        assertThat(fixture.<List<Event>>read(snapshot -> snapshot.events().after(0, 9)))
                .extracting(event -> event.fact().type())
                .containsExactly(EventType.NIC_CHANGED);
    }

    @Test
    void a_number_of_addresses_is_taken_from_below() {
        fixture.nic(subnet, "10.0.1.5", group);

        linkAny(2);

        assertThat(addressesOf(nic)).isEqualTo(parsed("10.0.1.4", "10.0.1.6", "10.0.1.7"));
    }

    @Test
    void numbers_out_of_bounds_are_assertRefused() {
        assertRefused(RefusalCode.BAD_VALUE, () -> linkAny(0));
        assertRefused(RefusalCode.BAD_VALUE, () -> linkAny(Nic.MOST_ADDRESSES));
        linkAny(Nic.MOST_ADDRESSES - 1);
        assertRefused(RefusalCode.BAD_VALUE, () -> linkAny(1));
    }

    @Test
    void an_address_of_another_nic_moves_only_if_that_is_allowed() {
        Nic other = fixture.nic(subnet, "10.0.1.5", group);
        link(other, false, "10.0.1.9");

        assertRefused(RefusalCode.ADDRESS_IN_USE, () -> link(nic, false, "10.0.1.9"));
        link(nic, true, "10.0.1.9");

        assertThat(addressesOf(nic)).isEqualTo(parsed("10.0.1.4", "10.0.1.9"));
        assertThat(addressesOf(other)).isEqualTo(parsed("10.0.1.5"));
    }

    @Test
    void a_primary_address_never_moves() {
        fixture.nic(subnet, "10.0.1.5", group);

        assertRefused(RefusalCode.ADDRESS_IN_USE, () -> link(nic, true, "10.0.1.5"));
    }

    @Test
    void reserved_addresses_are_assertRefused() {
        assertRefused(RefusalCode.BAD_VALUE, () -> link(nic, false, "10.0.1.1"));
        assertRefused(RefusalCode.BAD_VALUE, () -> link(nic, false, "10.0.1.255"));
    }

    @Test
    void only_secondary_addresses_are_taken_away() {
        link(nic, false, "10.0.1.9", "10.0.1.7");

        unlink("10.0.1.9");

        assertThat(addressesOf(nic)).isEqualTo(parsed("10.0.1.4", "10.0.1.7"));
        assertRefused(RefusalCode.BAD_VALUE, () -> unlink("10.0.1.4"));
        assertRefused(RefusalCode.BAD_VALUE, () -> unlink("10.0.1.9"));
        assertThat(addressesOf(nic)).isEqualTo(parsed("10.0.1.4", "10.0.1.7"));
    }
}
