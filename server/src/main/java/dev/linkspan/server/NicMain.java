package dev.linkspan.server;

import dev.linkspan.core.id.NicId;
import dev.linkspan.server.host.agent.Attachments;
import dev.linkspan.server.network.linux.SystemCallException;
import dev.linkspan.server.network.linux.netlink.Netlink;
import dev.linkspan.server.network.linux.netlink.NetlinkSocket;
import dev.linkspan.server.network.ovsdb.Endpoint;
import dev.linkspan.server.network.ovsdb.OvsdbException;
import dev.linkspan.server.observe.Logging;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Connects a NIC with a device that somebody else has made on its host: {@code linkspan nic}. */
public final class NicMain {

    private NicMain() {}

    public static void main(String[] arguments) {
        List<String> given = List.of(arguments);
        if (Program.isAskedForHelp(given)) {
            System.out.print(help());
            return;
        }
        Logging.start(Logging.Format.TEXT);
        try {
            carryOut(Request.of(given));
        } catch (InvalidSettings wrong) {
            Program.exit(Program.WRONG_USE, wrong.getMessage());
        } catch (Attachments.Refused | OvsdbException | SystemCallException | UncheckedIOException expected) {
            Program.exit(Program.FAILED, expected.getMessage());
        }
    }

    /** What is to be done: without a NIC, the interface is detached. */
    private record Request(Optional<NicId> nic, String device, Endpoint ovs) {

        static Request of(List<String> arguments) {
            List<String> words = new ArrayList<>();
            Optional<String> device = Optional.empty();
            Endpoint ovs = AgentOptions.ovs(AgentOptions.USUAL_OVS);
            for (int i = 0; i < arguments.size(); i++) {
                String[] parts = arguments.get(i).split("=", 2);
                if (!parts[0].startsWith("--")) {
                    words.add(arguments.get(i));
                    continue;
                }
                if (parts.length == 1 && i + 1 == arguments.size()) {
                    throw new InvalidSettings("The option '%s' needs a value.".formatted(parts[0]));
                }
                String value = parts.length == 2 ? parts[1] : arguments.get(++i);
                switch (parts[0]) {
                    case "--interface" -> device = Optional.of(value);
                    case "--ovs" -> ovs = AgentOptions.ovs(value);
                    default ->
                        throw new InvalidSettings(
                                "nic has no option '%s': accepted are --interface and --ovs.".formatted(parts[0]));
                }
            }
            return new Request(
                    nic(words),
                    device.orElseThrow(() -> new InvalidSettings("nic needs --interface: see ./linkspan nic --help.")),
                    ovs);
        }

        private static Optional<NicId> nic(List<String> words) {
            if (words.equals(List.of("detach"))) {
                return Optional.empty();
            }
            if (words.size() == 2 && words.getFirst().equals("attach")) {
                String text = words.getLast();
                return Optional.of(NicId.KIND
                        .tryParse(text)
                        .orElseThrow(() -> new InvalidSettings(
                                "'%s' is not the id of a NIC, such as eni-1234abcd.".formatted(text))));
            }
            throw new InvalidSettings("nic needs 'attach NIC' or 'detach': see ./linkspan nic --help.");
        }
    }

    private static void carryOut(Request request) {
        try (Attachments attachments =
                new Attachments(() -> new Netlink(NetlinkSocket.open(NetlinkSocket.ROUTE)), request.ovs())) {
            request.nic()
                    .ifPresentOrElse(
                            nic -> attachments.attach(nic, request.device()),
                            () -> attachments.detach(request.device()));
        }
    }

    private static String help() {
        return """
                Usage: linkspan nic attach NIC --interface DEVICE [--ovs unix:PATH]
                       linkspan nic detach --interface DEVICE [--ovs unix:PATH]

                Connects a NIC of a machine that the server has placed on this host with a network device which somebody
                else has made here, such as the tap of a virtual machine or a container's end of a link, instead of the
                namespace that the agent makes. Who is behind it must use the NIC's MAC and addresses. It stays so until
                it is detached, also when the agent or the host starts again; a device that is made anew under the same
                name is taken up by the agent.

                Options:
                  --interface DEVICE   the device, in this host's namespace
                  --ovs unix:PATH      the database of Open vSwitch (default: %s)

                Examples:
                  ./linkspan nic attach eni-1234abcd --interface tap0
                  ./linkspan nic detach --interface tap0
                """.formatted(AgentOptions.USUAL_OVS);
    }
}
