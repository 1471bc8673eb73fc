package dev.linkspan.core.networkacl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.address.AddressRange;
import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.address.Ipv6Range;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NetworkAclId;
import dev.linkspan.core.id.SubnetId;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.InMemoryStore;
import dev.linkspan.core.securitygroup.Direction;
import dev.linkspan.core.securitygroup.Traffic;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class NetworkAclTest {

    private static final Traffic ALL = new Traffic.All();
    private static final Traffic SSH = new Traffic.Ports(Traffic.TCP, 22, 22);
    private static final Ipv4 NEAR = Ipv4.parse("10.0.2.4");
    private static final Ipv4 FAR = Ipv4.parse("192.0.2.4");

    private final Fixture fixture = new Fixture(new InMemoryStore());
    private final AccountId owner = fixture.account();
    private final Net net = fixture.net(owner, "10.0.0.0/16");

    private NetworkAcl acl(AclEntry... entries) {
        return new NetworkAcl(
                NetworkAclId.KIND.of(1),
                net.id(),
                owner,
                List.of(entries),
                List.of(),
                net.createdAt(),
                Optional.empty());
    }

    private static AclEntry in(int number, Traffic traffic, AddressRange range, boolean allows) {
        return new AclEntry(number, Direction.INBOUND, traffic, range, allows);
    }

    private static Optional<Integer> deciding(NetworkAcl acl, Traffic packet, Ipv4 other) {
        return acl.decision(Direction.INBOUND, packet, other).map(AclEntry::number);
    }

    @ParameterizedTest
    @EnumSource
    @Rule("N1")
    void a_net_is_born_with_one_that_allows_everything(Direction direction) {
        NetworkAcl born = NetworkAcl.ofBirth(net);

        assertThat(born.isDefault()).isTrue();
        assertThat(born.allowsAll(direction)).isTrue();
        assertThat(born.decision(direction, SSH, FAR)).map(AclEntry::allows).contains(true);
        assertThat(born.owner()).isEqualTo(owner);
    }

    @ParameterizedTest
    @EnumSource
    @Rule("N1")
    void another_one_allows_nothing(Direction direction) {
        NetworkAcl made = NetworkAcl.born(NetworkAclId.KIND.of(1), net, net.createdAt(), Optional.empty());

        assertThat(made.isDefault()).isFalse();
        assertThat(made.allowsAll(direction)).isFalse();
        assertThat(made.decision(direction, SSH, FAR)).isEmpty();
    }

    @Test
    @Rule("N1")
    void the_default_one_has_the_digits_of_its_net() {
        assertThat(NetworkAclId.ofDefault(new NetId("vpc-1234abcd"))).isEqualTo(new NetworkAclId("acl-1234abcd"));
        assertThat(new NetAcls(net, List.of())
                        .association(new SubnetId("subnet-1234abcd"))
                        .id()
                        .value())
                .isEqualTo("aclassoc-1234abcd");
    }

    @Test
    @Rule("N2")
    void the_matching_entry_with_the_lowest_number_decides() {
        AclEntry near = in(100, SSH, net.range(), false);
        AclEntry everywhere = in(200, SSH, Cidr.ALL, true);
        NetworkAcl acl = acl(everywhere, near);

        assertThat(acl.entries()).containsExactly(near, everywhere);
        assertThat(deciding(acl, SSH, NEAR)).contains(100);
        assertThat(deciding(acl, SSH, FAR)).contains(200);
        assertThat(deciding(acl, new Traffic.Ports(Traffic.TCP, 23, 23), FAR)).isEmpty();
        assertThat(deciding(acl, new Traffic.Ports(Traffic.UDP, 22, 22), FAR)).isEmpty();
    }

    @Test
    @Rule("N2")
    void each_direction_is_judged_by_its_own_entries() {
        AclEntry out = new AclEntry(1, Direction.OUTBOUND, ALL, Cidr.ALL, true);
        NetworkAcl acl = acl(out);

        assertThat(acl.decision(Direction.OUTBOUND, SSH, FAR)).contains(out);
        assertThat(acl.decision(Direction.INBOUND, SSH, FAR)).isEmpty();
        assertThat(acl.entry(Direction.OUTBOUND, 1)).contains(out);
        assertThat(acl.entry(Direction.INBOUND, 1)).isEmpty();
    }

    @Test
    @Rule({"N2", "S8"})
    void an_entry_for_ipv6_decides_about_nothing() {
        NetworkAcl acl = acl(in(100, ALL, new Ipv6Range("::/0"), false), in(200, ALL, Cidr.ALL, true));

        assertThat(deciding(acl, SSH, FAR)).contains(200);
        assertThat(acl(in(100, ALL, new Ipv6Range("::/0"), true)).allowsAll(Direction.INBOUND))
                .isFalse();
    }

    @Test
    void everything_is_allowed_where_nothing_is_denied_before_it() {
        AclEntry everything = in(200, ALL, Cidr.ALL, true);

        assertThat(acl(everything).allowsAll(Direction.INBOUND)).isTrue();
        assertThat(acl(everything).allowsAll(Direction.OUTBOUND)).isFalse();
        assertThat(acl(in(100, SSH, Cidr.ALL, true), everything).allowsAll(Direction.INBOUND))
                .isTrue();
        assertThat(acl(everything, in(300, SSH, Cidr.ALL, false)).allowsAll(Direction.INBOUND))
                .isTrue();
        assertThat(acl(in(100, SSH, Cidr.ALL, false), everything).allowsAll(Direction.INBOUND))
                .isFalse();
        assertThat(acl(in(100, ALL, net.range(), true)).allowsAll(Direction.INBOUND))
                .isFalse();
        assertThat(acl(in(100, SSH, Cidr.ALL, true)).allowsAll(Direction.INBOUND))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            tcp  | 22 | 80 | 100 inbound allow tcp 22-80 10.0.0.0/16
            icmp | 8  | -1 | 100 inbound allow icmp 8--1 10.0.0.0/16
            -1   | 0  | 0  | 100 inbound allow -1 10.0.0.0/16
            47   | 0  | 0  | 100 inbound allow 47 10.0.0.0/16
            """)
    void an_entry_is_said_in_a_few_words(String protocol, int from, int to, String line) {
        Traffic traffic = Traffic.parse(protocol, Optional.of(from), Optional.of(to));

        assertThat(in(100, traffic, net.range(), true).line()).isEqualTo(line);
        assertThat(new AclEntry(1, Direction.OUTBOUND, ALL, new Ipv6Range("2001:DB8::/32"), false).line())
                .isEqualTo("1 outbound deny -1 2001:db8::/32");
    }
}
