package dev.linkspan.server.network;

import dev.linkspan.core.event.EventType;

/** What an event may have taken away: then packets that passed before must not pass any more (S3, S7, R6). */
final class Revocations {

    private Revocations() {}

    static boolean mayBe(EventType type) {
        return switch (type) {
            case SUBREGION_FAILED,
                    NET_DELETED,
                    VM_STOPPED,
                    VM_DELETED,
                    NIC_CHANGED,
                    NIC_UNLINKED,
                    NIC_DELETED,
                    ROUTE_TABLE_LINKED,
                    ROUTE_TABLE_UNLINKED,
                    ROUTE_TABLE_DELETED,
                    ROUTE_CHANGED,
                    ROUTE_DELETED,
                    SECURITY_GROUP_RULES_CHANGED,
                    SECURITY_GROUP_DELETED,
                    NET_PEERING_REJECTED,
                    NET_PEERING_EXPIRED,
                    NET_PEERING_DELETED -> true;
            case ACCOUNT_CREATED,
                    ACCOUNT_CHANGED,
                    ACCOUNT_QUOTA_CHANGED,
                    ACCESS_KEY_CREATED,
                    ACCESS_KEY_CHANGED,
                    ACCESS_KEY_DELETED,
                    SUBREGION_HEALED,
                    CLOCK_ADVANCED,
                    NET_CREATED,
                    NET_CHANGED,
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
                    VM_REBOOTED,
                    VM_FORGOTTEN,
                    NIC_CREATED,
                    NIC_LINKED,
                    ROUTE_TABLE_CREATED,
                    ROUTE_CREATED,
                    SECURITY_GROUP_CREATED,
                    NET_PEERING_REQUESTED,
                    NET_PEERING_FAILED,
                    NET_PEERING_ACCEPTED,
                    NET_PEERING_CHANGED,
                    NET_PEERING_FORGOTTEN,
                    TAGS_CHANGED -> false;
        };
    }
}
