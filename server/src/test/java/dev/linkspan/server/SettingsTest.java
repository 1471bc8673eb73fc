package dev.linkspan.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.linkspan.core.Rule;
import dev.linkspan.core.account.Role;
import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.Region;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.id.SubregionName;
import dev.linkspan.core.internet.PublicIpPool;
import dev.linkspan.core.internet.PublicIpPools;
import dev.linkspan.server.http.HttpLimits;
import dev.linkspan.server.network.FlowLimits;
import dev.linkspan.server.network.NetworkKind;
import dev.linkspan.server.network.ovn.OvnAccess;
import dev.linkspan.server.network.ovn.OvnKind;
import dev.linkspan.server.network.ovsdb.Certificates;
import dev.linkspan.server.network.ovsdb.Endpoint;
import dev.linkspan.server.observe.Logging;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

    @TempDir
    private Path folder;

    private static Region region(String name, String... subregions) {
        return new Region(
                new RegionName(name),
                Arrays.stream(subregions).map(SubregionName::new).toList());
    }

    /** The account whose digits are all this one. */
    private static AccountId account(int digit) {
        return new AccountId(Integer.toString(digit).repeat(12));
    }

    private static Settings of(String... arguments) {
        return Settings.of(List.of(arguments), Map.of());
    }

    /** By Region. */
    private static PublicIpPools pools(Map<String, String> ranges) {
        return new PublicIpPools(ranges.entrySet().stream()
                .collect(Collectors.toMap(
                        entry -> new RegionName(entry.getKey()),
                        entry -> new PublicIpPool(Cidr.parse(entry.getValue())))));
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port);
    }

    @Test
    void every_default_is_as_documented() throws IOException {
        assertThat(Settings.of(List.of(), Map.of("XDG_DATA_HOME", "/somewhere")))
                .isEqualTo(new Settings(
                        loopback(7780),
                        Path.of("/somewhere/linkspan"),
                        Optional.empty(),
                        Networks.NETNS,
                        List.of(
                                region("eu-west-2", "eu-west-2a", "eu-west-2b"),
                                region("us-east-2", "us-east-2a", "us-east-2b")),
                        pools(Map.of("eu-west-2", "203.0.113.0/24", "us-east-2", "198.51.100.0/24")),
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        Settings.Clock.SYSTEM,
                        true,
                        Map.of(),
                        new Settings.Fairness(500, 1_000, new FlowLimits(16_384, 16_384), Duration.ofDays(365)),
                        Logging.Format.TEXT,
                        HttpLimits.DEFAULT,
                        false));
    }

    @Test
    void every_key_is_as_documented() {
        assertThat(Arrays.stream(Setting.values()).map(Setting::key))
                .containsExactly(
                        "listen",
                        "data",
                        "store",
                        "network",
                        "ovn-network",
                        "ovn-nb",
                        "ovn-sb",
                        "ovn-ca",
                        "ovn-certificate",
                        "ovn-private-key",
                        "regions",
                        "public-ips",
                        "outside",
                        "images",
                        "default-nets",
                        "clock",
                        "peering-requires-vm",
                        "roles",
                        "calls-per-account",
                        "calls-per-address",
                        "flows-per-nic",
                        "flows-per-peering",
                        "event-retention",
                        "log",
                        "max-connections",
                        "max-connections-per-address",
                        "max-body-memory",
                        "head-timeout",
                        "body-timeout",
                        "idle-timeout",
                        "dev");
    }

    @Test
    void every_environment_variable_is_as_documented() {
        assertThat(Arrays.stream(Setting.values()).map(Setting::environmentVariable))
                .containsExactly(
                        "LINKSPAN_LISTEN",
                        "LINKSPAN_DATA",
                        "LINKSPAN_STORE",
                        "LINKSPAN_NETWORK",
                        "LINKSPAN_OVN_NETWORK",
                        "LINKSPAN_OVN_NB",
                        "LINKSPAN_OVN_SB",
                        "LINKSPAN_OVN_CA",
                        "LINKSPAN_OVN_CERTIFICATE",
                        "LINKSPAN_OVN_PRIVATE_KEY",
                        "LINKSPAN_REGIONS",
                        "LINKSPAN_PUBLIC_IPS",
                        "LINKSPAN_OUTSIDE",
                        "LINKSPAN_IMAGES",
                        "LINKSPAN_DEFAULT_NETS",
                        "LINKSPAN_CLOCK",
                        "LINKSPAN_PEERING_REQUIRES_VM",
                        "LINKSPAN_ROLES",
                        "LINKSPAN_CALLS_PER_ACCOUNT",
                        "LINKSPAN_CALLS_PER_ADDRESS",
                        "LINKSPAN_FLOWS_PER_NIC",
                        "LINKSPAN_FLOWS_PER_PEERING",
                        "LINKSPAN_EVENT_RETENTION",
                        "LINKSPAN_LOG",
                        "LINKSPAN_MAX_CONNECTIONS",
                        "LINKSPAN_MAX_CONNECTIONS_PER_ADDRESS",
                        "LINKSPAN_MAX_BODY_MEMORY",
                        "LINKSPAN_HEAD_TIMEOUT",
                        "LINKSPAN_BODY_TIMEOUT",
                        "LINKSPAN_IDLE_TIMEOUT",
                        "LINKSPAN_DEV");
    }

    @Test
    void every_setting_can_be_given_on_the_command_line() throws IOException {
        assertThat(of(
                        "--listen",
                        "127.0.0.1:0",
                        "--data=/data",
                        "--network=none",
                        "--regions",
                        "north:a;south:x,y",
                        "--images=/images",
                        "--default-nets",
                        "--public-ips",
                        "192.0.2.128/25",
                        "--clock=manual",
                        "--peering-requires-vm=false",
                        "--roles",
                        "222222222222/peering:111111111111,333333333333; 222222222222/Read.Only:111111111111",
                        "--calls-per-account=0",
                        "--calls-per-address",
                        "7",
                        "--flows-per-nic",
                        "100",
                        "--flows-per-peering",
                        "200",
                        "--event-retention",
                        "P30D",
                        "--log",
                        "json",
                        "--max-connections",
                        "20",
                        "--max-connections-per-address",
                        "5",
                        "--max-body-memory",
                        "2",
                        "--head-timeout",
                        "3",
                        "--body-timeout",
                        "4",
                        "--idle-timeout",
                        "6",
                        "--dev"))
                .isEqualTo(new Settings(
                        loopback(0),
                        Path.of("/data"),
                        Optional.empty(),
                        Networks.NONE,
                        List.of(region("north", "northa"), region("south", "southx", "southy")),
                        pools(Map.of("north", "192.0.2.128/25")),
                        Optional.empty(),
                        Optional.of(Path.of("/images")),
                        true,
                        Settings.Clock.MANUAL,
                        false,
                        twoRoles(),
                        new Settings.Fairness(0, 7, new FlowLimits(100, 200), Duration.ofDays(30)),
                        Logging.Format.JSON,
                        new HttpLimits(
                                20, 5, 2 << 20, Duration.ofSeconds(3), Duration.ofSeconds(4), Duration.ofSeconds(6)),
                        true));
    }

    private static Map<Role, Set<AccountId>> twoRoles() {
        return Map.of(
                new Role(account(2), "peering"), Set.of(account(1), account(3)),
                new Role(account(2), "Read.Only"), Set.of(account(1)));
    }

    @Test
    void outside_is_bound_to_an_interface_where_one_is_named() {
        assertThat(of().uplink()).isEmpty();
        assertThat(of("--outside", "eth0.100").uplink()).contains("eth0.100");
    }

    @Test
    @Rule("P13")
    void ovn_is_where_its_databases_are_said_to_be_and_keeps_overlapping_peers_of_a_net_away() {
        NetworkKind network = of(
                        "--network=ovn",
                        "--ovn-network=cell-1",
                        "--ovn-nb=ssl:one:6641, ssl:two:6641",
                        "--ovn-sb=unix:/sb",
                        "--ovn-ca=/ca.pem",
                        "--ovn-certificate=/own.pem",
                        "--ovn-private-key=/own.key")
                .network();
        assertThat(network)
                .isEqualTo(new OvnKind(new OvnAccess(
                        "cell-1",
                        List.of(new Endpoint.Ssl("one", 6641), new Endpoint.Ssl("two", 6641)),
                        List.of(new Endpoint.Unix(Path.of("/sb"))),
                        Optional.of(new Certificates(Path.of("/own.key"), Path.of("/own.pem"), Path.of("/ca.pem"))))));
        assertThat(network.separatesOverlappingPeers()).isFalse();
    }

    @Test
    void a_region_for_which_no_range_is_left_has_no_public_addresses() {
        String[] three = {"--regions", "north:a;south:a;west:a", "--public-ips", "192.0.2.0/25; 192.0.2.128/25"};
        assertThat(of(three).publicIps()).isEqualTo(pools(Map.of("north", "192.0.2.0/25", "south", "192.0.2.128/25")));
        assertThat(of("--public-ips", "").publicIps()).isEqualTo(PublicIpPools.NONE);
    }

    @Test
    void the_data_folder_is_in_the_home_without_XDG() {
        assertThat(of().data()).isEqualTo(Path.of(System.getProperty("user.home"), ".local/share/linkspan"));
    }

    @Test
    void command_line_goes_before_environment_before_file() throws IOException {
        Path file = Files.writeString(
                folder.resolve("linkspan.yaml"), "listen: 127.0.0.1:1\nclock: manual\nnetwork: none\ndev: true\n");
        Settings settings = Settings.of(
                List.of("--config", file.toString(), "--listen", "127.0.0.1:3"),
                Map.of("LINKSPAN_LISTEN", "127.0.0.1:2", "LINKSPAN_CLOCK", "system"));
        assertThat(settings.listen().getPort()).isEqualTo(3);
        assertThat(settings.clock()).isEqualTo(Settings.Clock.SYSTEM);
        assertThat(settings.network()).isEqualTo(Networks.NONE);
        assertThat(settings.dev()).isTrue();
    }

    @Test
    void the_environment_may_name_the_file() throws IOException {
        Path file = Files.writeString(folder.resolve("linkspan.yaml"), "peering-requires-vm: false\n");
        assertThat(Settings.of(List.of(), Map.of("LINKSPAN_CONFIG", file.toString()))
                        .peeringRequiresVm())
                .isFalse();
    }

    @Test
    void roles_may_stand_on_lines_of_their_own_in_the_file() throws IOException {
        Path file = Files.writeString(folder.resolve("linkspan.yaml"), """
                roles: >-
                  222222222222/peering:111111111111;
                  333333333333/peering:111111111111
                """);
        assertThat(of("--config", file.toString()).roles())
                .containsOnlyKeys(new Role(account(2), "peering"), new Role(account(3), "peering"));
    }

    @Test
    void an_empty_file_sets_nothing() throws IOException {
        Path file = Files.writeString(folder.resolve("linkspan.yaml"), "# nothing\n");
        assertThat(of("--config", file.toString()).network()).isEqualTo(Networks.NETNS);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            --colour red                       | '--colour' is unknown
            red                                | 'red' is not an option
            --listen                           | '--listen' needs a value
            --listen 7780                      | HOST:PORT is expected
            --listen 127.0.0.1:70000           | HOST:PORT is expected
            --listen 127.0.0.1:http            | HOST:PORT is expected
            --network docker                   | one of netns, ovn, none is expected
            --network ovn                      | OVN needs --ovn-network, a name that no other server has
            --network ovn --ovn-network x --ovn-sb unix:/s | OVN needs --ovn-nb, where
            --network ovn --ovn-network x --ovn-nb unix:/n | OVN needs --ovn-sb, where
            --network ovn --ovn-network x --ovn-nb db --ovn-sb unix:/s | --ovn-nb: 'db' is no database: unix:PATH, tcp:HOST:PORT or
            --network ovn --ovn-network x --ovn-nb ssl:db:6641 --ovn-sb unix:/s | ssl: needs certificates
            --network ovn --ovn-network x --ovn-nb ssl:db:6641 --ovn-sb unix:/s --ovn-ca /ca | go together
            --ovn-nb unix:/n                   | --ovn-nb is for --network ovn, and this is --network netns
            --store postgresql://db/x          | jdbc:postgresql://HOST
            --clock sundial                    | one of system, manual is expected
            --peering-requires-vm maybe        | true or false is expected
            --dev=maybe                        | true or false is expected
            --roles 222222222222/peering       | who may assume them are expected
            --roles 222222222222/peering:*     | '*' is not an account
            --roles 222222222222/peering:      | '' is not an account
            --roles peering:111111111111       | who may assume them are expected
            --roles 2/peering:111111111111     | '2' is not an account
            --roles 222222222222/a$b:333333333333 | not the name of a role
            --roles 222222222222/a:333333333333;222222222222/a:111111111111 | the role 222222222222/a is there twice
            --regions eu-west-2                | Regions with their Subregions are expected
            --regions eu-west-2:               | a Subregion is a letter
            --regions eu-west-2:a,a            | a Subregion twice
            --regions EU:a                     | not the name of a Region
            --regions north:a;north:b          | the Region north is there twice
            --public-ips 203.0.113.0           | is not a range in CIDR notation
            --public-ips 203.0.113.7/24        | has host bits set
            --public-ips 203.0.0.0/15          | a range of public addresses is a /16 to a /30
            --public-ips 203.0.113.4/31        | a range of public addresses is a /16 to a /30
            --public-ips 224.0.2.0/24          | no machine can have an address of 224.0.0.0/3
            --public-ips 8.0.0.0/24;8.0.0.0/25 | 8.0.0.0/25 overlaps another
            --dev --listen 0.0.0.0:7780        | loopback
            --outside eth0/1                   | the name of an interface is expected
            --outside lo                       | that leads to other computers
            --outside a-name-of-16-bytes       | the name of an interface is expected
            --outside eth0 --network none      | with --network none there are none: --outside is 'eth0'
            --config /nowhere/linkspan.yaml    | cannot be read
            """)
    void what_is_not_understood_is_refused_saying_what_would_be(String commandLine, String message) {
        assertThatThrownBy(() -> of(commandLine.split(" ")))
                .isInstanceOf(InvalidSettings.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            colour: red     | The setting 'colour' in
            - listen        | one 'name: value' a line
            listen: [1]     | must be one value
            listen: "       | not readable YAML
            clock: sundial  | clock in
            """)
    void what_a_file_says_wrong_is_refused_naming_the_file(String content, String message) throws IOException {
        Path file = Files.writeString(folder.resolve("linkspan.yaml"), content);
        assertThatThrownBy(() -> of("--config", file.toString()))
                .isInstanceOf(InvalidSettings.class)
                .hasMessageContaining(message)
                .hasMessageContaining("linkspan.yaml");
    }

    @Test
    void a_bad_environment_variable_is_named() {
        assertThatThrownBy(() -> Settings.of(List.of(), Map.of("LINKSPAN_CLOCK", "sundial")))
                .hasMessageContaining("LINKSPAN_CLOCK");
    }

    @Test
    void a_limit_that_is_no_number_or_none_at_all_is_refused() {
        for (String text : List.of("0", "-1", "many", "1.5", "999999999999")) {
            assertThatThrownBy(() -> of("--max-connections", text))
                    .isInstanceOf(InvalidSettings.class)
                    .hasMessageContaining("--max-connections: '%s' is not accepted: a number from 1 to 100000", text);
        }
    }
}
