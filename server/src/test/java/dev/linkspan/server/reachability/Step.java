package dev.linkspan.server.reachability;

import dev.linkspan.core.securitygroup.Direction;
import java.util.List;

/**
 * One thing that happens to a network, or a packet that is sent on it.
 *
 * <p>What was made has a name ({@code n0}, {@code v3}, {@code p1}), so that a step keeps its meaning when others are left
 * out. A Net's own table and group are {@code n0.main} and {@code n0.default}, and a VM's first NIC has the VM's name. A
 * step about something that was not made does nothing.
 */
public sealed interface Step {

    /** The owner is an account by a name; whoever owns the Net makes the calls about what is in it. */
    record CreateNet(String net, String range, String owner) implements Step {}

    record CreateSubnet(String subnet, String net, String range, String in) implements Step {}

    record CreateTable(String table, String net) implements Step {}

    record LinkTable(String table, String subnet) implements Step {}

    /** The Subnet uses the main table again. */
    record UnlinkTable(String subnet) implements Step {}

    record CreateGroup(String group, String net) implements Step {}

    /** @param addresses the primary one first */
    record CreateVm(String vm, String subnet, List<String> addresses, List<String> groups) implements Step {}

    /** A second NIC of a VM. */
    record AddNic(String nic, String vm, String subnet, List<String> addresses, List<String> groups) implements Step {}

    /** A NIC that is in no VM. */
    record CreateNic(String nic, String subnet, List<String> addresses, List<String> groups) implements Step {}

    record UnlinkNic(String nic) implements Step {}

    /** As a VM's second NIC. */
    record LinkNic(String nic, String vm) implements Step {}

    /** A NIC has a secondary address from now on, which another may have had. */
    record MoveAddress(String nic, String address) implements Step {}

    record SetGroups(String nic, List<String> groups) implements Step {}

    record SetSourceDestCheck(String nic, boolean checked) implements Step {}

    record StopVm(String vm) implements Step {}

    record StartVm(String vm) implements Step {}

    record DeleteVm(String vm) implements Step {}

    /**
     * @param protocol as both APIs write it
     * @param from the first port, or the ICMP type
     * @param to the last port, or the ICMP code
     * @param whom a range, or the name of a group
     */
    record Allow(String group, Direction direction, String protocol, int from, int to, String whom) implements Step {}

    record Revoke(String group, Direction direction, String protocol, int from, int to, String whom) implements Step {}

    record CreateRoute(String table, String destination, String peering) implements Step {}

    /** A route leads elsewhere from now on. */
    record UpdateRoute(String table, String destination, String peering) implements Step {}

    record DeleteRoute(String table, String destination) implements Step {}

    record AskForPeering(String peering, String source, String accepter) implements Step {}

    record AcceptPeering(String peering) implements Step {}

    record RejectPeering(String peering) implements Step {}

    /** By the owner of the source Net. */
    record DeletePeering(String peering) implements Step {}

    /** A network ACL that lets nothing pass; that of a Net's birth is called like the Net, with {@code .acl} behind. */
    record CreateAcl(String acl, String net) implements Step {}

    /** An entry, whose traffic is said as in {@link Allow}. */
    record AddEntry(
            String acl,
            int number,
            Direction direction,
            String protocol,
            int from,
            int to,
            String range,
            boolean allows)
            implements Step {}

    record RemoveEntry(String acl, Direction direction, int number) implements Step {}

    /** From now on that ACL is at the Subnet's border. */
    record AssociateAcl(String subnet, String acl) implements Step {}

    /** An internet service is made where there is none of this name yet, and linked to the Net. */
    record LinkInternetService(String service, String net) implements Step {}

    record UnlinkInternetService(String service) implements Step {}

    /** @param service the name of an internet service */
    record RouteOutside(String table, String destination, String service) implements Step {}

    /**
     * A NAT service with this address in the Subnet.
     *
     * @param publicAddress what it is seen as outside; empty for a private one
     */
    record CreateNatService(String nat, String subnet, String publicAddress, String privateAddress) implements Step {}

    record DeleteNatService(String nat) implements Step {}

    /** From now on the table leads there to the NAT service, whether it led elsewhere or not. */
    record RouteByNat(String table, String destination, String nat) implements Step {}

    /** From now on the table leads there to the NIC, whether it led elsewhere or not. */
    record RouteByNic(String table, String destination, String nic) implements Step {}

    /** The machine passes on, as it is, what it is handed for others. */
    record PassOn(String vm) implements Step {}

    /** From now on a public address stands for a NIC's private one, whatever it stood for. */
    record LinkPublicIp(String publicAddress, String nic, String privateAddress) implements Step {}

    record UnlinkPublicIp(String publicAddress) implements Step {}

    record FailSubregion(String subregion) implements Step {}

    record HealSubregion(String subregion) implements Step {}

    /** The clock is moved. */
    record Wait(int days) implements Step {}

    /**
     * A packet is sent, and its answer is waited for.
     *
     * @param from a machine, or {@code outside}
     * @param source the address of the VM that it is sent from; where it is left out, its kernel chooses
     * @param protocol {@code udp}, {@code tcp}, {@code icmp} or {@code 253}
     * @param port the destination's, or the ICMP type
     */
    record Send(String from, String source, String to, String protocol, int port) implements Step {}

    /** A TCP connection is made, over which bytes are sent whenever the network has changed. */
    record Connect(String from, String to, int port) implements Step {}

    /** What carries the network is killed. What happens then is carried out when another process goes on. */
    record Kill() implements Step {}

    record Restart() implements Step {}

    /** What a stranger can do to the router of a Net. */
    enum Harm {
        RULES_DELETED,
        ROUTES_DELETED,
        FILTER_DELETED,
        LINK_DELETED
    }

    /** A stranger does harm to a Net's router, and it is repaired. */
    record Repair(String net, Harm harm) implements Step {}

    /** Which packet about a flow: one of either direction, or an ICMP error about one of them. */
    enum Part {
        REQUEST,
        REPLY,
        ERROR_ABOUT_REQUEST,
        ERROR_ABOUT_REPLY
    }

    /** In what form: a segment of TCP, fragments of UDP, or simply a packet. */
    enum Form {
        WHOLE,
        FRAGMENTS,
        SYN,
        SYN_ACK,
        DATA,
        FIN,
        RST
    }

    /**
     * A single packet, about which nobody waits for an answer.
     *
     * @param nic from where it is sent
     * @param protocol {@code udp}, {@code tcp}, {@code icmp} (echo) or {@code 253}
     * @param client the address from which the flow's requests come
     * @param port the client's, or the number of the echo
     * @param service the server's port
     */
    record Say(String nic, Part part, Form form, String protocol, String client, int port, String server, int service)
            implements Step {}
}
