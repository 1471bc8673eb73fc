package dev.linkspan.core.securitygroup;

import static dev.linkspan.core.refusal.Refused.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.linkspan.core.Rule;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.core.securitygroup.Traffic.All;
import dev.linkspan.core.securitygroup.Traffic.Icmp;
import dev.linkspan.core.securitygroup.Traffic.Other;
import dev.linkspan.core.securitygroup.Traffic.Ports;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Rule("S2")
class TrafficTest {

    private static final int TCP = Traffic.TCP;
    private static final int UDP = Traffic.UDP;

    private static Traffic parse(String protocol, int from, int to) {
        return Traffic.parse(protocol, Optional.of(from), Optional.of(to));
    }

    private static Traffic parse(String protocol) {
        return Traffic.parse(protocol, Optional.empty(), Optional.empty());
    }

    @Nested
    class Parse {

        static List<Arguments> accepted() {
            return List.of(
                    Arguments.of("tcp", 22, 22, new Ports(TCP, 22, 22)),
                    Arguments.of("tcp", 0, 65_535, new Ports(TCP, 0, 65_535)),
                    Arguments.of("udp", 53, 60, new Ports(UDP, 53, 60)),
                    Arguments.of("6", 80, 80, new Ports(TCP, 80, 80)),
                    Arguments.of("17", 80, 80, new Ports(UDP, 80, 80)),
                    Arguments.of("icmp", 8, 0, new Icmp(8, 0)),
                    Arguments.of("icmp", 3, -1, new Icmp(3, -1)),
                    Arguments.of("icmp", -1, -1, new Icmp(-1, -1)),
                    Arguments.of("1", 8, -1, new Icmp(8, -1)),
                    Arguments.of("50", 0, 0, new Other(50)),
                    Arguments.of("255", -1, -1, new Other(255)),
                    Arguments.of("0", -1, -1, new Other(0)),
                    Arguments.of("-1", -1, -1, new All()),
                    Arguments.of("-1", 0, 0, new All()),
                    Arguments.of("-1", 22, 22, new All()));
        }

        @ParameterizedTest
        @MethodSource("accepted")
        void reads_protocols_by_name_and_number(String protocol, int from, int to, Traffic expected) {
            assertThat(parse(protocol, from, to)).isEqualTo(expected);
        }

        @Test
        void needs_no_ports_where_the_protocol_has_none() {
            assertThat(parse("-1")).isEqualTo(new All());
            assertThat(parse("icmp")).isEqualTo(new Icmp(-1, -1));
            assertThat(parse("47")).isEqualTo(new Other(47));
        }

        @Test
        void needs_both_ports_for_tcp_and_udp() {
            assertRefused(RefusalCode.MISSING_PARAMETER, () -> parse("tcp")).contains("first port");
            assertRefused(RefusalCode.MISSING_PARAMETER, () -> Traffic.parse("udp", Optional.of(53), Optional.empty()))
                    .contains("last port");
        }

        @ParameterizedTest
        @CsvSource({"tcp, 80, 79", "tcp, -1, -1", "udp, 0, 65536", "udp, -1, 5", "6, 70000, 70000"})
        void refuses_what_is_no_range_of_ports(String protocol, int from, int to) {
            assertRefused(RefusalCode.MALFORMED_VALUE, () -> parse(protocol, from, to))
                    .contains("0 to 65535");
        }

        @ParameterizedTest
        @CsvSource({"256, 0", "8, 256", "-1, 0", "-2, -1", "8, -2"})
        void refuses_what_is_no_icmp_type_and_code(int type, int code) {
            assertRefused(RefusalCode.MALFORMED_VALUE, () -> parse("icmp", type, code));
            assertThatIllegalArgumentException().isThrownBy(() -> new Icmp(type, code));
        }

        @Test
        @Rule("S8")
        void takes_the_name_of_icmp_for_ipv6() {
            assertThat(parse("icmpv6", -1, -1)).isEqualTo(parse("58", -1, -1)).isEqualTo(new Other(58));
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "TCP", "icmpv4", "256", "-2", "06", "1000", "all", " tcp", "99999999999"})
        void refuses_unknown_protocols(String protocol) {
            assertRefused(RefusalCode.MALFORMED_VALUE, () -> parse(protocol, 1, 1))
                    .contains("'%s'".formatted(protocol), "0 to 255");
        }

        @ParameterizedTest
        @ValueSource(strings = {"-1", "tcp", "udp", "icmp", "50"})
        void reads_the_name_that_it_writes(String protocol) {
            assertThat(parse(protocol, 8, 8).protocolName()).isEqualTo(protocol);
        }
    }

    @Nested
    class Covers {

        private static final List<Traffic> SAMPLES = List.of(
                new Ports(TCP, 22, 22),
                new Ports(TCP, 23, 23),
                new Ports(UDP, 22, 22),
                new Icmp(8, 0),
                new Icmp(8, 1),
                new Icmp(0, 0),
                new Other(50));

        static Stream<Arguments> rules() {
            return Stream.of(
                    Arguments.of(new All(), SAMPLES),
                    Arguments.of(new Ports(TCP, 22, 22), SAMPLES.subList(0, 1)),
                    Arguments.of(new Ports(TCP, 0, 65_535), SAMPLES.subList(0, 2)),
                    Arguments.of(new Ports(UDP, 1, 100), SAMPLES.subList(2, 3)),
                    Arguments.of(new Icmp(-1, -1), SAMPLES.subList(3, 6)),
                    Arguments.of(new Icmp(8, -1), SAMPLES.subList(3, 5)),
                    Arguments.of(new Icmp(8, 0), SAMPLES.subList(3, 4)),
                    Arguments.of(new Other(50), SAMPLES.subList(6, 7)),
                    Arguments.of(new Other(51), List.of()));
        }

        @ParameterizedTest
        @MethodSource("rules")
        void exactly_the_packets_it_speaks_of(Traffic rule, List<Traffic> covered) {
            assertThat(SAMPLES).filteredOn(rule::covers).isEqualTo(covered);
        }

        @Test
        void a_range_only_as_a_whole() {
            assertThat(new Ports(TCP, 20, 30).covers(new Ports(TCP, 22, 25))).isTrue();
            assertThat(new Ports(TCP, 20, 30).covers(new Ports(TCP, 22, 31))).isFalse();
            assertThat(new Ports(TCP, 20, 30).covers(new Ports(TCP, 19, 30))).isFalse();
            assertThat(new Ports(TCP, 0, 65_535).covers(new All())).isFalse();
        }
    }
}
