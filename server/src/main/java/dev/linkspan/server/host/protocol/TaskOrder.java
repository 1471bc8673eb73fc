package dev.linkspan.server.host.protocol;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.port.ProbePacket;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.server.api.json.OneOf;
import dev.linkspan.server.api.json.Required;
import java.util.Optional;
import java.util.UUID;

/**
 * A {@link HostTask} as it is told: which kind it is, the one that is there says.
 *
 * @param probe to send a packet
 */
public record TaskOrder(@Required UUID taskId, Optional<ProbeOrder> probe) {

    /**
     * A packet to send.
     *
     * @param fromVmId the machine that sends it
     * @param protocol {@code icmp}, {@code tcp} or {@code udp}
     * @param port for TCP and UDP
     */
    public record ProbeOrder(
            @Required VmId fromVmId,
            @Required @OneOf({"icmp", "tcp", "udp"}) String protocol,
            @Required Ipv4 to,
            Optional<Integer> port) {

        static ProbeOrder of(VmId from, ProbePacket packet) {
            return switch (packet) {
                case ProbePacket.Echo(Ipv4 to) -> new ProbeOrder(from, "icmp", to, Optional.empty());
                case ProbePacket.Connection(Ipv4 to, int port) -> new ProbeOrder(from, "tcp", to, Optional.of(port));
                case ProbePacket.Datagram(Ipv4 to, int port) -> new ProbeOrder(from, "udp", to, Optional.of(port));
            };
        }

        private ProbePacket packet() {
            return switch (protocol) {
                case "icmp" -> new ProbePacket.Echo(to);
                case "tcp" -> new ProbePacket.Connection(to, neededPort());
                case "udp" -> new ProbePacket.Datagram(to, neededPort());
                default -> throw Refusal.malformed("Protocol", protocol, "one of icmp, tcp, udp is expected");
            };
        }

        private int neededPort() {
            return port.orElseThrow(() ->
                    new Refusal(RefusalCode.MISSING_PARAMETER, "The parameter 'Port' is required for %s.", protocol));
        }
    }

    /** As it is told. */
    public static TaskOrder of(HostTask task) {
        return switch (task) {
            case HostTask.Probe(UUID id, VmId from, ProbePacket packet) ->
                new TaskOrder(id, Optional.of(ProbeOrder.of(from, packet)));
            case HostTask.Unknown(UUID id) -> new TaskOrder(id, Optional.empty());
        };
    }

    /** What is to be done; throws a Refusal where no packet is like that. */
    public HostTask task() {
        return probe.<HostTask>map(it -> new HostTask.Probe(taskId, it.fromVmId(), it.packet()))
                .orElseGet(() -> new HostTask.Unknown(taskId));
    }
}
