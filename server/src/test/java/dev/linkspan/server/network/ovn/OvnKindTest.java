package dev.linkspan.server.network.ovn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.linkspan.core.Rule;
import dev.linkspan.core.internet.PublicIpPools;
import dev.linkspan.server.network.DriverSettings;
import dev.linkspan.server.network.FlowLimits;
import dev.linkspan.server.network.UnusableNetwork;
import dev.linkspan.server.network.ovsdb.Certificates;
import dev.linkspan.server.network.ovsdb.Endpoint;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OvnKindTest {

    private static final List<Endpoint> NORTHBOUND = Endpoint.parseAll("ssl:one:6641,ssl:two:6641");
    private static final List<Endpoint> SOUTHBOUND = Endpoint.parseAll("unix:/run/ovn/ovnsb_db.sock");

    private static OvnKind kind(Optional<Certificates> certificates) {
        return new OvnKind(new OvnAccess("ours", NORTHBOUND, SOUTHBOUND, certificates));
    }

    private static DriverSettings settings(Optional<String> uplink) {
        return new DriverSettings("ours", FlowLimits.STANDARD, PublicIpPools.NONE, uplink);
    }

    @Test
    @Rule("P13")
    void it_does_not_separate_overlapping_peers() {
        assertThat(kind(Optional.empty()).separatesOverlappingPeers()).isFalse();
    }

    @Test
    void who_stands_by_tells_where_ovn_is_and_nothing_of_its_hosts() {
        assertThat(kind(Optional.empty()).particulars())
                .isEqualTo(new OvnParticulars(
                        "ssl:one:6641,ssl:two:6641", "unix:/run/ovn/ovnsb_db.sock", Optional.empty(), List.of()));
    }

    @Test
    void what_cannot_be_used_is_said_before_anything_is_opened() {
        Path missing = Path.of("/nowhere/own.pem");
        Certificates certificates = new Certificates(missing, missing, missing);
        kind(Optional.empty()).requireUsable(settings(Optional.empty()));
        assertThatThrownBy(() -> kind(Optional.of(certificates)).requireUsable(settings(Optional.empty())))
                .isInstanceOf(UnusableNetwork.class)
                .hasMessageContaining("/nowhere/own.pem");
        assertThatThrownBy(() -> kind(Optional.empty()).requireUsable(settings(Optional.of("eth0"))))
                .isInstanceOf(UnusableNetwork.class)
                .hasMessageContaining("--outside eth0");
    }

    @Test
    @Rule("H1")
    void its_machines_are_on_hosts() {
        assertThat(kind(Optional.empty()).placesOnHosts()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "23.03.1-20.27.0-70.6,   23.03.1, true",
        "24.09.2-20.37.0-78.8,   24.09.2, true",
        "25.03.0-20.41.0-81.10,  25.03.0, false",
        "26.03.1-21.5.0-90.1,    26.03.1, false"
    })
    void from_a_hundred_nets_on_operators_are_warned_of_versions_that_compile_everything_anew(
            String internal, String text, boolean warned) {
        OvnVersion version = OvnVersion.parse(internal).orElseThrow();
        assertThat(version.text()).isEqualTo(text);
        assertThat(version.warning(99)).isEmpty();
        assertThat(version.warning(100).isPresent()).isEqualTo(warned);
        version.warning(100).ifPresent(it -> assertThat(it).contains("100 Nets", "OVN " + text));
    }

    @Test
    void what_is_no_version_is_none() {
        assertThat(OvnVersion.parse("unknown")).isEmpty();
    }
}
