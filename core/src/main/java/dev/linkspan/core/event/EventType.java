package dev.linkspan.core.event;

import java.util.EnumSet;
import java.util.Set;

/** What can happen. */
public enum EventType {
    ACCOUNT_CREATED(Reach.STAYS),
    /** Its e-mail address or its password. */
    ACCOUNT_CHANGED(Reach.STAYS),
    ACCOUNT_QUOTA_CHANGED(Reach.STAYS),
    ACCESS_KEY_CREATED(Reach.STAYS),
    ACCESS_KEY_CHANGED(Reach.STAYS),
    ACCESS_KEY_DELETED(Reach.STAYS),
    SUBREGION_FAILED(Reach.MAY_END),
    SUBREGION_HEALED(Reach.STAYS),
    HOST_CREATED(Reach.STAYS),
    HOST_DELETED(Reach.STAYS),
    /** Its agent is heard, for the first time or again (H2). */
    HOST_REACHABLE(Reach.STAYS),
    /** Its agent is silent. */
    HOST_UNREACHABLE(Reach.MAY_END),
    CLOCK_ADVANCED(Reach.STAYS),
    /** Everything that was there is gone, and the log before it. */
    SERVER_RESET(Reach.MAY_END),
    NET_CREATED(Reach.STAYS),
    NET_CHANGED(Reach.STAYS),
    NET_DELETED(Reach.MAY_END),
    DHCP_OPTIONS_CREATED(Reach.STAYS),
    DHCP_OPTIONS_DELETED(Reach.STAYS),
    KEYPAIR_CREATED(Reach.STAYS),
    KEYPAIR_DELETED(Reach.STAYS),
    INSIGHTS_PATH_CREATED(Reach.STAYS),
    INSIGHTS_PATH_DELETED(Reach.STAYS),
    INSIGHTS_ANALYSIS_STARTED(Reach.STAYS),
    INSIGHTS_ANALYSIS_DELETED(Reach.STAYS),
    SUBNET_CREATED(Reach.STAYS),
    SUBNET_CHANGED(Reach.STAYS),
    SUBNET_DELETED(Reach.STAYS),
    VM_CREATED(Reach.STAYS),
    VM_CHANGED(Reach.STAYS),
    VM_STARTED(Reach.STAYS),
    VM_STOPPED(Reach.MAY_END),
    VM_REBOOTED(Reach.STAYS),
    VM_DELETED(Reach.MAY_END),
    VM_FORGOTTEN(Reach.STAYS),
    VOLUME_CREATED(Reach.STAYS),
    VOLUME_CHANGED(Reach.STAYS),
    VOLUME_LINKED(Reach.STAYS),
    VOLUME_UNLINKED(Reach.STAYS),
    VOLUME_DELETED(Reach.STAYS),
    LAUNCH_TEMPLATE_CREATED(Reach.STAYS),
    LAUNCH_TEMPLATE_CHANGED(Reach.STAYS),
    LAUNCH_TEMPLATE_DELETED(Reach.STAYS),
    NIC_CREATED(Reach.STAYS),
    NIC_CHANGED(Reach.MAY_END),
    NIC_LINKED(Reach.STAYS),
    NIC_UNLINKED(Reach.MAY_END),
    NIC_DELETED(Reach.MAY_END),
    ROUTE_TABLE_CREATED(Reach.STAYS),
    ROUTE_TABLE_LINKED(Reach.MAY_END),
    ROUTE_TABLE_UNLINKED(Reach.MAY_END),
    ROUTE_TABLE_DELETED(Reach.MAY_END),
    ROUTE_CREATED(Reach.STAYS),
    ROUTE_CHANGED(Reach.MAY_END),
    ROUTE_DELETED(Reach.MAY_END),
    SECURITY_GROUP_CREATED(Reach.STAYS),
    SECURITY_GROUP_RULES_CHANGED(Reach.MAY_END),
    SECURITY_GROUP_DELETED(Reach.MAY_END),
    NETWORK_ACL_CREATED(Reach.STAYS),
    /** One of its entries, or where it stands. */
    NETWORK_ACL_CHANGED(Reach.MAY_END),
    NETWORK_ACL_DELETED(Reach.STAYS),
    INTERNET_SERVICE_CREATED(Reach.STAYS),
    INTERNET_SERVICE_LINKED(Reach.STAYS),
    INTERNET_SERVICE_UNLINKED(Reach.MAY_END),
    INTERNET_SERVICE_DELETED(Reach.STAYS),
    PUBLIC_IP_ALLOCATED(Reach.STAYS),
    /** It may have taken the place of another. */
    PUBLIC_IP_LINKED(Reach.MAY_END),
    PUBLIC_IP_UNLINKED(Reach.MAY_END),
    PUBLIC_IP_RELEASED(Reach.STAYS),
    NAT_SERVICE_CREATED(Reach.STAYS),
    NAT_SERVICE_DELETED(Reach.MAY_END),
    /** Its hour of visibility is over. */
    NAT_SERVICE_FORGOTTEN(Reach.STAYS),
    NET_PEERING_REQUESTED(Reach.STAYS),
    /** Born dead: the ranges overlap or the Regions differ (P4, P5). */
    NET_PEERING_FAILED(Reach.STAYS),
    NET_PEERING_ACCEPTED(Reach.STAYS),
    NET_PEERING_REJECTED(Reach.MAY_END),
    NET_PEERING_EXPIRED(Reach.MAY_END),
    NET_PEERING_DELETED(Reach.MAY_END),
    /** An owner set an option of its side; the state is as before. */
    NET_PEERING_CHANGED(Reach.STAYS),
    /** Its hour of visibility is over (L3). */
    NET_PEERING_FORGOTTEN(Reach.STAYS),
    TAGS_CHANGED(Reach.STAYS);

    private static final Set<EventType> OF_CREDENTIALS =
            EnumSet.of(ACCOUNT_CREATED, ACCOUNT_CHANGED, ACCESS_KEY_CREATED, ACCESS_KEY_CHANGED, ACCESS_KEY_DELETED);

    private final Reach reach;

    EventType(Reach reach) {
        this.reach = reach;
    }

    /** What becomes of packets that passed before. */
    private enum Reach {
        STAYS,
        MAY_END
    }

    /** Whether it may have taken something away: then packets that passed before must stop at once (S3, S7, R6). */
    public boolean mayRevoke() {
        return reach == Reach.MAY_END;
    }

    /** Whether it makes, changes or ends what an account proves itself by. */
    public boolean isOfCredentials() {
        return OF_CREDENTIALS.contains(this);
    }
}
