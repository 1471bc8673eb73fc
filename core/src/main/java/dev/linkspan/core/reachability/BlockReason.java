package dev.linkspan.core.reachability;

/** What can stop a packet. */
public enum BlockReason {
    /** The VM is stopped. */
    VM_STOPPED,
    /** The NIC is linked to no VM. */
    NIC_NOT_LINKED,
    /** No NIC has the address. */
    NOBODY_THERE,
    /** The Subregion has failed: its machines are silent. */
    SUBREGION_FAILED,
    /** The packet would leave through a NIC that has another address (S6). */
    SOURCE_CHECK,
    /** No rule of the NIC's security groups allows it (S2). */
    NO_RULE,
    /** The network ACL at the border of a Subnet does not let it cross (N2). */
    NETWORK_ACL,
    /** No route covers the address (R2). */
    NO_ROUTE,
    /** The route that wins leads to a peering that is dead (R4). */
    DEAD_ROUTE,
    /** The route that wins leads to another Net, or, for a reply, to another peering than its flow's (P13). */
    WRONG_ROUTE,
    /** The route that wins leads to a peer that does not have the address, and passes nothing on (R2, P11). */
    NOT_TRANSITIVE,
    /** The route that wins leads to an internet service that is not linked to the Net, or none is linked that leads in (X7). */
    INTERNET_SERVICE_NOT_LINKED,
    /** No public address stands for the machine's private one: it does not get out, and nobody outside gets to it (X3). */
    NO_PUBLIC_ADDRESS,
    /** The route that wins leads what belongs outside into a peering: exits are not for peers (P11, X5). */
    EXIT_NOT_SHARED,
    /** The route that wins leads to a NAT service that is deleted (X7). */
    NAT_SERVICE_DELETED,
    /** The route of a NAT service's Subnet leads to a NAT service: what one sends none passes on (X4). */
    NAT_BEHIND_NAT,
    /** A NAT service passes TCP, UDP and ICMP on, and no other protocol (X4). */
    NOT_TRANSLATABLE,
    /** A NAT service has the address: only replies to what it passed on get there (X4). */
    NAT_SERVICE_SILENT,
    /** The route that wins leads to a NIC that is linked to no VM, or whose VM is stopped (X7). */
    APPLIANCE_DOWN,
    /** The NIC to which a route leads takes in only what is for its own addresses (X6). */
    SOURCE_DEST_CHECKED,
    /** A route hands it to a NIC of the Net: what the VM there does with it is not known (X6). */
    HANDED_TO_APPLIANCE,
    /** Outside, nothing answers from the address. Who has it, if anybody has, is not told. */
    NO_ANSWER,
    /** The ranges of the two Nets overlap: no peering can connect them (P4), and the address is always local (R1). */
    OVERLAP,
    /** No peering connects the two Nets (P1). */
    NO_PEERING,
    /** The peering waits for its accepter (R4). */
    PEERING_PENDING,
    /** A router answers nothing but ping, and that only inside its Net. */
    ROUTER_SILENT,
    /** No flow can begin with such a packet: it would have to belong to another one. */
    BEGINS_NO_FLOW,
    /** The Net's router remembers as many flows as it may, in all, of the NIC, or of the peering: none more begins. */
    TOO_MANY_FLOWS,
    /** The other owner's side does not let it in: nobody answers there, or the groups or a network ACL do not allow it. */
    NOT_LET_IN,
    /** The other owner's side has no route back that leads through the peering, or a network ACL stops the reply. */
    NO_WAY_BACK
}
