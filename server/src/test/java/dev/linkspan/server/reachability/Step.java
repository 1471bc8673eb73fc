package dev.linkspan.server.reachability;

import dev.linkspan.core.securitygroup.Flow;
import java.util.List;

/**
 * One thing that happens to a network, or a packet that is sent on it.
 *
 * <p>What was made has a name ({@code n0}, {@code v3}, {@code p1}), so that a step keeps its meaning when others are left
 * out. A Net's own table and group are {@code n0.main} and {@code n0.default}, and a VM's first NIC has the VM's name. A
 * step about something that was not made does nothing.
 */
sealed interface Step {

    /** The owner is an account by a name; whoever owns the Net makes the calls about what is in it. */
    record CreateNet(String net, String range, String owner) implements Step {}

    record CreateSubnet(String subnet, String net, String range, String in) implements Step {}

    record CreateTable(String table, String net) implements Step {}

    record LinkTable(String table, String subnet) implements Step {}

    record CreateGroup(String group, String net) implements Step {}

    /** @param addresses the primary one first */
    record CreateVm(String vm, String subnet, List<String> addresses, List<String> groups) implements Step {}

    /** A second NIC of a VM. */
    record AddNic(String nic, String vm, String subnet, List<String> addresses, List<String> groups) implements Step {}

    /** A NIC that is in no VM. */
    record CreateNic(String nic, String subnet, List<String> addresses, List<String> groups) implements Step {}

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
    record Allow(String group, Flow flow, String protocol, int from, int to, String whom) implements Step {}

    record Revoke(String group, Flow flow, String protocol, int from, int to, String whom) implements Step {}

    record CreateRoute(String table, String destination, String peering) implements Step {}

    record DeleteRoute(String table, String destination) implements Step {}

    record AskForPeering(String peering, String source, String accepter) implements Step {}

    record AcceptPeering(String peering) implements Step {}

    record RejectPeering(String peering) implements Step {}

    /** By the owner of the source Net. */
    record DeletePeering(String peering) implements Step {}

    record FailSubregion(String subregion) implements Step {}

    record HealSubregion(String subregion) implements Step {}

    /** The clock is moved. */
    record Wait(int days) implements Step {}

    /**
     * A packet is sent, and its answer is waited for.
     *
     * @param source the address of the VM that it is sent from; where it is left out, its kernel chooses
     * @param protocol {@code udp}, {@code tcp}, {@code icmp} or {@code 253}
     * @param port the destination's, or the ICMP type
     */
    record Send(String from, String source, String to, String protocol, int port) implements Step {}

    /** A TCP connection is made, over which bytes are sent whenever the network has changed. */
    record Connect(String from, String to, int port) implements Step {}
}
