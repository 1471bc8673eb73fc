package dev.linkspan.server.network.netns;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.plan.NetPlan;
import dev.linkspan.core.plan.NetPlan.Port;
import dev.linkspan.server.network.linux.nftables.NftTable;
import dev.linkspan.server.network.linux.nftables.NftTable.NftSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Who may ask for whom by ARP: a NIC with its own MAC and its machine's addresses. A sender that the router hears is kept in
 * a table that all namespaces of the kernel share, so that made-up ones would leave no room for other Nets. A machine
 * that answers through another NIC than was asked asks with the address that it answers with; unheard, it would hold
 * back all else that it sends there, also where the source check lets only that pass.
 */
final class NftArp {

    private NftArp() {}

    static NftTable table(NetPlan plan) {
        Map<VmId, List<Ipv4>> ofMachines = new HashMap<>();
        for (Port port : plan.ports().values()) {
            ofMachines.computeIfAbsent(port.vm(), _ -> new ArrayList<>()).addAll(port.addresses());
        }
        List<String> senders = new ArrayList<>();
        for (Port port : plan.ports().values()) {
            String link = NftCompiler.quoted(KernelNames.link(port.nic()));
            ofMachines
                    .getOrDefault(port.vm(), List.of())
                    .forEach(address -> senders.add(NftCompiler.joined(link, port.mac(), address)));
        }
        return new NftTable(
                "arp linkspan",
                Map.of("senders", NftSet.set("ifname . ether_addr . ipv4_addr", senders)),
                Map.of(
                        "input",
                        NftCompiler.hook(
                                "input priority filter", "iifname . arp saddr ether . arp saddr ip @senders accept")));
    }
}
