package dev.linkspan.core.event;

import java.util.EnumSet;
import java.util.Set;

/** What can happen. */
public enum EventType {
    ACCOUNT_CREATED,
    /** Its e-mail address or its password. */
    ACCOUNT_CHANGED,
    ACCOUNT_QUOTA_CHANGED,
    ACCESS_KEY_CREATED,
    ACCESS_KEY_CHANGED,
    ACCESS_KEY_DELETED,
    SUBREGION_FAILED,
    SUBREGION_HEALED,
    CLOCK_ADVANCED,
    NET_CREATED,
    NET_CHANGED,
    NET_DELETED,
    DHCP_OPTIONS_CREATED,
    DHCP_OPTIONS_DELETED,
    KEYPAIR_CREATED,
    KEYPAIR_DELETED,
    INSIGHTS_PATH_CREATED,
    INSIGHTS_PATH_DELETED,
    INSIGHTS_ANALYSIS_STARTED,
    INSIGHTS_ANALYSIS_DELETED,
    SUBNET_CREATED,
    SUBNET_CHANGED,
    SUBNET_DELETED,
    VM_CREATED,
    VM_CHANGED,
    VM_STARTED,
    VM_STOPPED,
    VM_REBOOTED,
    VM_DELETED,
    VM_FORGOTTEN,
    NIC_CREATED,
    NIC_CHANGED,
    NIC_LINKED,
    NIC_UNLINKED,
    NIC_DELETED,
    ROUTE_TABLE_CREATED,
    ROUTE_TABLE_LINKED,
    ROUTE_TABLE_UNLINKED,
    ROUTE_TABLE_DELETED,
    ROUTE_CREATED,
    ROUTE_CHANGED,
    ROUTE_DELETED,
    SECURITY_GROUP_CREATED,
    SECURITY_GROUP_RULES_CHANGED,
    SECURITY_GROUP_DELETED,
    NET_PEERING_REQUESTED,
    /** Born dead: the ranges overlap or the Regions differ (P4, P5). */
    NET_PEERING_FAILED,
    NET_PEERING_ACCEPTED,
    NET_PEERING_REJECTED,
    NET_PEERING_EXPIRED,
    NET_PEERING_DELETED,
    /** An owner set an option of its side; the state is as before. */
    NET_PEERING_CHANGED,
    /** Its hour of visibility is over (L3). */
    NET_PEERING_FORGOTTEN,
    TAGS_CHANGED;

    private static final Set<EventType> OF_CREDENTIALS =
            EnumSet.of(ACCOUNT_CREATED, ACCOUNT_CHANGED, ACCESS_KEY_CREATED, ACCESS_KEY_CHANGED, ACCESS_KEY_DELETED);

    /** Whether it makes, changes or ends what an account proves itself by. */
    public boolean isOfCredentials() {
        return OF_CREDENTIALS.contains(this);
    }
}
