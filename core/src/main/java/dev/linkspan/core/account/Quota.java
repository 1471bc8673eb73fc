package dev.linkspan.core.account;

/** What an account may have at most (P12). */
public enum Quota {
    ACTIVE_PEERINGS_PER_NET("active-peerings-per-net", "Active peerings per Net", 125),
    OUTSTANDING_PEERING_REQUESTS("outstanding-peering-requests", "Peering requests that wait for an answer", 25),
    NETS("nets", "Nets", Quota.UNLIMITED),
    SUBNETS_PER_NET("subnets-per-net", "Subnets per Net", Quota.UNLIMITED),
    ROUTE_TABLES_PER_NET("route-tables-per-net", "Route tables per Net", Quota.UNLIMITED),
    ROUTES_PER_TABLE("routes-per-table", "Routes per route table", Quota.UNLIMITED),
    SECURITY_GROUPS_PER_NET("security-groups-per-net", "Security groups per Net", Quota.UNLIMITED),
    RULES_PER_SECURITY_GROUP("rules-per-security-group", "Rules per security group", Quota.UNLIMITED),
    VMS("vms", "VMs", Quota.UNLIMITED);

    /** A limit that nobody reaches. */
    public static final int UNLIMITED = Integer.MAX_VALUE;

    private final String label;
    private final String description;
    private final int defaultLimit;

    Quota(String label, String description, int defaultLimit) {
        this.label = label;
        this.description = description;
        this.defaultLimit = defaultLimit;
    }

    /** Its name in APIs and settings. */
    public String label() {
        return label;
    }

    public String description() {
        return description;
    }

    public int defaultLimit() {
        return defaultLimit;
    }
}
