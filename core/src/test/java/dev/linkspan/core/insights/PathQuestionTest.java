package dev.linkspan.core.insights;

import static dev.linkspan.core.refusal.Refused.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.core.securitygroup.Traffic;
import dev.linkspan.core.wording.Parameter;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PathQuestionTest {

    private static final VmId VM = VmId.KIND.of(7);
    private static final NetPeeringId PEERING = NetPeeringId.KIND.of(8);

    private static PacketFilter ports(int first, int last) {
        return new PacketFilter(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(new PortRange(first, last)));
    }

    private static PacketFilter to(String address) {
        return new PacketFilter(Optional.empty(), Optional.empty(), Optional.of(Ipv4.parse(address)), Optional.empty());
    }

    @Test
    void a_filter_is_read_as_it_was_written() {
        PacketFilter full = new PacketFilter(
                Optional.of(Ipv4.parse("10.0.0.4")),
                Optional.of(new PortRange(1024, 65535)),
                Optional.of(Ipv4.parse("10.1.0.4")),
                Optional.of(new PortRange(443, 443)));

        assertThat(full.text()).isEqualTo("10.0.0.4 1024-65535 10.1.0.4 443-443");
        assertThat(PacketFilter.parse(full.text())).isEqualTo(full);
        assertThat(PacketFilter.NONE.text()).isEqualTo("* * * *");
        assertThat(PacketFilter.parse("* * * *")).isEqualTo(PacketFilter.NONE);
    }

    @Test
    void the_port_may_be_told_by_a_filter() {
        PathQuestion question =
                PathQuestions.of(PathQuestions.web(VM, "10.1.0.4"), Traffic.UDP, ports(53, 53), PacketFilter.NONE);

        assertThat(question.packet()).isEqualTo(new Traffic.Ports(Traffic.UDP, 53, 53));
        question.requireOnePacket();
    }

    @Test
    void the_address_may_be_told_by_a_filter() {
        PathQuestion question = new PathQuestion(
                VM,
                Optional.of(PEERING),
                Optional.empty(),
                Optional.empty(),
                Traffic.TCP,
                Optional.of(0),
                PacketFilter.NONE,
                to("10.1.0.4"));

        assertThat(question.to()).contains(Ipv4.parse("10.1.0.4"));
        question.requireOnePacket();
    }

    @Test
    void what_is_more_than_one_packet_or_none_is_refused() {
        PathQuestion web = PathQuestions.web(VM, "10.1.0.4");

        assertRefused(
                        RefusalCode.MISSING_PARAMETER,
                        () -> PathQuestions.of(web, Traffic.TCP, PacketFilter.NONE, PacketFilter.NONE)
                                .requireOnePacket())
                .contains("'destination port'");
        assertRefused(
                        RefusalCode.BAD_VALUE,
                        () -> PathQuestions.of(web, Traffic.TCP, ports(80, 443), PacketFilter.NONE)
                                .requireOnePacket())
                .contains("'80-443'", "destination ports of the filter at the source", "one port");
        assertRefused(
                        RefusalCode.BAD_VALUE,
                        () -> PathQuestions.of(web, Traffic.TCP, ports(80, 80), ports(81, 81))
                                .requireOnePacket())
                .contains("'81'", "destination ports of the filter at the destination", "80");
        assertRefused(RefusalCode.MALFORMED_VALUE, () -> PortRange.of(Parameter.DESTINATION_PORT, 65_536, 65_536))
                .contains("65536", "destination port");
        assertThatThrownBy(() -> new PortRange(5, 4)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void what_is_said_twice_is_the_same() {
        PathQuestion web = PathQuestions.web(VM, "10.1.0.4");

        PathQuestions.of(web, Traffic.TCP, ports(80, 80), to("10.1.0.4")).requireOnePacket();
        assertRefused(
                        RefusalCode.BAD_VALUE,
                        () -> PathQuestions.of(web, Traffic.TCP, ports(80, 80), to("10.1.0.5"))
                                .requireOnePacket())
                .contains(
                        "'10.1.0.5'",
                        "destination address of the filter at the destination",
                        "destination address says 10.1.0.4");
    }

    @Test
    void ends_are_machines_or_peerings_with_an_address() {
        assertRefused(RefusalCode.MALFORMED_VALUE, () -> PathQuestions.web(NetId.KIND.of(1), "10.1.0.4"))
                .contains("source", "vpc-00000001");
        assertRefused(RefusalCode.MALFORMED_VALUE, () -> PathQuestions.web(VM, NetId.KIND.of(1)))
                .contains("destination", "vpc-00000001");
        assertRefused(
                        RefusalCode.MISSING_PARAMETER,
                        () -> PathQuestions.web(PEERING, VM).requireOnePacket())
                .contains("'source address'");
        assertRefused(
                        RefusalCode.MISSING_PARAMETER,
                        () -> PathQuestions.web(VM, PEERING).requireOnePacket())
                .contains("'destination address'");
        PathQuestion nowhere = new PathQuestion(
                VM,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Traffic.TCP,
                Optional.of(1),
                PacketFilter.NONE,
                PacketFilter.NONE);
        assertRefused(RefusalCode.MISSING_PARAMETER, nowhere::requireOnePacket).contains("'destination'");
    }
}
