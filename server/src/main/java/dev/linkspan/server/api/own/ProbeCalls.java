package dev.linkspan.server.api.own;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.net.NicLink;
import dev.linkspan.core.net.Vm;
import dev.linkspan.core.net.VmState;
import dev.linkspan.core.operation.Visible;
import dev.linkspan.core.port.PacketProbes;
import dev.linkspan.core.port.ProbeAnswer;
import dev.linkspan.core.port.ProbePacket;
import dev.linkspan.core.port.Snapshot;
import dev.linkspan.core.port.Store;
import dev.linkspan.core.refusal.Ids;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.core.wording.Verbatim;
import dev.linkspan.server.api.Caller;
import dev.linkspan.server.api.json.OneOf;
import dev.linkspan.server.api.json.Required;
import java.time.Duration;
import java.util.Optional;

/** The call that sends a real packet from one of the account's VMs, and tells what came back. */
public final class ProbeCalls {

    private static final int HIGHEST_PORT = 65535;

    /**
     * What to send.
     *
     * @param to a VM of the account, or an address
     * @param protocol {@code icmp}, {@code tcp} or {@code udp}
     * @param port for TCP and UDP, and only for them
     */
    record SendProbeRequest(
            @Required VmId fromVmId,
            @Required String to,
            @Required @OneOf({"icmp", "tcp", "udp"}) String protocol,
            Optional<Integer> port) {}

    record SendProbeResponse(boolean sent, boolean answered, Optional<Long> roundTripMicros, String detail) {

        static SendProbeResponse of(ProbeAnswer answer) {
            return new SendProbeResponse(
                    answer.sent(),
                    answer.roundTrip().isPresent(),
                    answer.roundTrip().map(Duration::toNanos).map(nanos -> nanos / 1000),
                    answer.detail());
        }
    }

    private final Store store;
    private final PacketProbes probes;
    private final ProbeAllowance allowance = new ProbeAllowance();

    public ProbeCalls(Store store, PacketProbes probes) {
        this.store = store;
        this.probes = probes;
    }

    SharedOperation<?> operation() {
        return SharedOperation.of(
                "SendProbe",
                SendProbeRequest.class,
                SendProbeResponse.class,
                (asker, _, request) -> sendProbe(asker, request));
    }

    private SendProbeResponse sendProbe(Asker asker, SendProbeRequest request) {
        Caller caller = switch (asker) {
            case Asker.Tenant tenant -> tenant.caller();
            case Asker.Operator _ ->
                throw new Refusal(
                        RefusalCode.WRONG_PARTY,
                        "A packet is sent by the account whose VM it is; './linkspan vm exec' runs commands in any"
                                + " VM.");
        };
        ProbePacket packet = store.read(caller.region(), snapshot -> packet(snapshot, caller.account(), request));
        allowance.enter(caller.account());
        try {
            return SendProbeResponse.of(probes.probe(request.fromVmId(), packet));
        } finally {
            allowance.leave(caller.account());
        }
    }

    private static ProbePacket packet(Snapshot snapshot, AccountId account, SendProbeRequest request) {
        Optional<Ipv4> address = Ipv4.tryParse(request.to());
        Optional<Integer> port = port(request);
        Vm from = Visible.vm(snapshot, account, new Verbatim("FromVmId"), request.fromVmId());
        if (from.state() != VmState.RUNNING) {
            throw new Refusal(
                            RefusalCode.INVALID_STATE,
                            "The VM '%s' is %s: only a running one sends packets.",
                            from.id(),
                            from.state().label())
                    .about(from.id());
        }
        Ipv4 to = address.orElseGet(() -> addressOf(snapshot, account, Ids.parse(VmId.KIND, "To", request.to())));
        return switch (request.protocol()) {
            case "tcp" -> new ProbePacket.Connection(to, port.orElseThrow());
            case "udp" -> new ProbePacket.Datagram(to, port.orElseThrow());
            default -> new ProbePacket.Echo(to);
        };
    }

    private static Optional<Integer> port(SendProbeRequest request) {
        boolean wanted = switch (request.protocol()) {
            case "tcp", "udp" -> true;
            case "icmp" -> false;
            default -> throw Refusal.malformed("Protocol", request.protocol(), "one of icmp, tcp, udp is expected");
        };
        if (wanted != request.port().isPresent()) {
            throw new Refusal(
                    RefusalCode.PARAMETER_COMBINATION,
                    "Port belongs to the Protocol tcp or udp, which need it, and not to icmp.");
        }
        request.port().filter(port -> port < 1 || port > HIGHEST_PORT).ifPresent(port -> {
            throw Refusal.badValue("Port", port, "a number from 1 to %d is expected", HIGHEST_PORT);
        });
        return request.port();
    }

    private static Ipv4 addressOf(Snapshot snapshot, AccountId account, VmId id) {
        Vm vm = Visible.vm(snapshot, account, new Verbatim("To"), id);
        return snapshot.nics().ofVm(vm.id()).stream()
                .filter(nic -> nic.link().map(NicLink::primary).orElse(false))
                .findFirst()
                .map(Nic::primaryAddress)
                .orElseThrow(() ->
                        new Refusal(RefusalCode.INVALID_STATE, "The VM '%s' has no address any more.", id).about(id));
    }
}
