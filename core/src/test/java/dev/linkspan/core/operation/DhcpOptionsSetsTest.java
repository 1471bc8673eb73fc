package dev.linkspan.core.operation;

import static dev.linkspan.core.refusal.Refused.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.event.EventType;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.net.DhcpOption;
import dev.linkspan.core.net.DhcpOptionsSet;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.InMemoryStore;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.core.tag.Tag;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DhcpOptionsSetsTest {

    private final InMemoryStore store = new InMemoryStore();
    private final Fixture fixture = new Fixture(store);
    private final DhcpOptionsSets sets = new DhcpOptionsSets();
    private final AccountId owner = fixture.account();
    private final AccountId stranger = fixture.account();

    private DhcpOptionsSet create(Map<DhcpOption, List<String>> options) {
        return fixture.change(unit -> sets.create(unit, owner, options));
    }

    private void delete(AccountId by, DhcpOptionsSet set) {
        fixture.change(unit -> {
            sets.delete(unit, by, set.id());
            return set;
        });
    }

    private List<DhcpOptionsSet> stored() {
        return fixture.read(snapshot -> snapshot.dhcpOptionsSets().ofOwner(owner));
    }

    private EventType lastEvent() {
        return fixture.read(
                        snapshot -> snapshot.events().after(snapshot.events().lastSequence() - 1, 1))
                .getFirst()
                .fact()
                .type();
    }

    @Test
    void a_set_keeps_its_values_in_their_order() {
        Map<DhcpOption, List<String>> options = Map.of(
                DhcpOption.DOMAIN_NAME, List.of("example.com corp.example.com"),
                DhcpOption.DOMAIN_NAME_SERVERS, List.of("10.0.0.9", "AmazonProvidedDNS", "10.0.0.2"),
                DhcpOption.NETBIOS_NODE_TYPE, List.of("2"));

        DhcpOptionsSet set = create(options);

        assertThat(set.options()).isEqualTo(options);
        assertThat(stored()).containsExactly(set);
        assertThat(lastEvent()).isEqualTo(EventType.DHCP_OPTIONS_CREATED);
    }

    @ParameterizedTest
    @CsvSource({
        "DOMAIN_NAME, ''",
        "DOMAIN_NAME, a nameé",
        "DOMAIN_NAME_SERVERS, name.example",
        "DOMAIN_NAME_SERVERS, 2001:db8::1",
        "NTP_SERVERS, AmazonProvidedDNS",
        "LOG_SERVERS, 10.0.0.256",
        "NETBIOS_NAME_SERVERS, x",
        "NETBIOS_NODE_TYPE, 3",
    })
    void what_an_option_cannot_be_is_refused(DhcpOption option, String value) {
        assertRefused(RefusalCode.MALFORMED_VALUE, () -> create(Map.of(option, List.of(value))))
                .contains(option.label(), "'%s'".formatted(value));
        assertThat(stored()).isEmpty();
    }

    @Test
    void nothing_and_too_much_are_refused() {
        assertRefused(RefusalCode.MISSING_PARAMETER, () -> create(Map.of()));
        assertRefused(RefusalCode.BAD_VALUE, () -> create(Map.of(DhcpOption.NTP_SERVERS, List.of())));
        List<String> five = Stream.of(1, 2, 3, 4, 5).map(i -> "10.0.0." + i).toList();
        assertRefused(RefusalCode.BAD_VALUE, () -> create(Map.of(DhcpOption.NTP_SERVERS, five)))
                .contains("1 to 4");
        assertRefused(RefusalCode.BAD_VALUE, () -> create(Map.of(DhcpOption.DOMAIN_NAME, List.of("a", "b"))));
        assertThat(create(Map.of(DhcpOption.NTP_SERVERS, five.subList(0, 4))).values(DhcpOption.NTP_SERVERS))
                .hasSize(4);
    }

    @Test
    void a_set_that_a_net_has_stays_until_it_has_another() {
        DhcpOptionsSet set = create(Map.of(DhcpOption.NTP_SERVERS, List.of("10.0.0.9")));
        fixture.change(unit -> {
            new Tags().create(unit, owner, List.of(set.id()), Map.of("name", "ours"));
            return set;
        });
        Net net = fixture.net(owner, "10.0.0.0/16");
        fixture.change(unit -> new Nets().update(unit, owner, net.id(), set.id()));

        assertRefused(RefusalCode.CONFLICT, () -> delete(owner, set))
                .contains(net.id().value());
        fixture.change(unit -> new Nets().update(unit, owner, net.id(), DhcpOptionsSet.DEFAULT));
        delete(owner, set);

        assertThat(stored()).isEmpty();
        assertThat(fixture.<List<Tag>>read(snapshot -> snapshot.tags().ofOwner(owner)))
                .isEmpty();
        assertThat(lastEvent()).isEqualTo(EventType.DHCP_OPTIONS_DELETED);
    }

    @Test
    void the_default_set_stays() {
        assertRefused(RefusalCode.CONFLICT, () -> delete(owner, DhcpOptionsSet.standard(owner)))
                .contains("default");
    }

    @Test
    @Rule("A4")
    void a_set_of_another_account_is_unknown() {
        DhcpOptionsSet set = create(Map.of(DhcpOption.NTP_SERVERS, List.of("10.0.0.9")));

        assertRefused(RefusalCode.UNKNOWN_ID, () -> delete(stranger, set));
        assertRefused(
                RefusalCode.UNKNOWN_ID,
                () -> fixture.change(unit -> {
                    new Tags().create(unit, stranger, List.of(set.id()), Map.of("name", "mine"));
                    return set;
                }));
    }
}
