package dev.linkspan.core.account;

import dev.linkspan.core.wording.Noun;
import dev.linkspan.core.wording.Sentence;
import java.util.Optional;

/** What an account may have at most (P12). */
public enum Quota {
    ACTIVE_PEERINGS_PER_NET("active-peerings-per-net", "Active peerings per %s", 125, Noun.NET),
    OUTSTANDING_PEERING_REQUESTS("outstanding-peering-requests", "Peering requests that wait for an answer", 25),
    /** Those that are still shown: dead at birth, refused, withdrawn, expired. Each costs the other side a look. */
    DEAD_PEERING_REQUESTS("dead-peering-requests", "Peering requests of the last hour that came to nothing", 500),
    NETS("nets", "%s", 500, Noun.NETS),
    SUBNETS_PER_NET("subnets-per-net", "Subnets per %s", 500, Noun.NET),
    ROUTE_TABLES_PER_NET("route-tables-per-net", "Route tables per %s", 200, Noun.NET),
    ROUTES_PER_TABLE("routes-per-table", "Routes per route table", 1_000),
    SECURITY_GROUPS_PER_NET("security-groups-per-net", "Security groups per %s", 500, Noun.NET),
    RULES_PER_SECURITY_GROUP("rules-per-security-group", "Rules per security group", 1_000),
    NETWORK_ACLS_PER_NET("network-acls-per-net", "Network ACLs per %s", 200, Noun.NET),
    ENTRIES_PER_NETWORK_ACL("entries-per-network-acl", "Entries per network ACL", 100),
    VMS("vms", "%s", 2_000, Noun.VMS),
    VOLUMES("volumes", "Volumes", 5_000),
    LAUNCH_TEMPLATES("launch-templates", "Launch templates", 1_000),
    NICS("nics", "%s", 5_000, Noun.NICS),
    INTERNET_SERVICES("internet-services", "%s", 500, Noun.INTERNET_SERVICES),
    NAT_SERVICES("nat-services", "%s", 100, Noun.NAT_SERVICES),
    /** Those of machines too: they come from the same pool, which one account must not empty for all. */
    PUBLIC_IPS("public-ips", "%s", 100, Noun.PUBLIC_IPS),
    DHCP_OPTIONS_SETS("dhcp-options-sets", "DHCP options sets", 500),
    KEYPAIRS("keypairs", "%s", 1_000, Noun.KEYPAIRS),
    ACCESS_KEYS("access-keys", "Access keys", 100),
    TAGS("tags", "Tags", 50_000);

    /** A limit that nobody reaches. */
    public static final int UNLIMITED = Integer.MAX_VALUE;

    private final String label;
    private final String description;
    private final int defaultLimit;

    /** What the description speaks of. */
    private final Optional<Noun> noun;

    Quota(String label, String description, int defaultLimit) {
        this(label, description, defaultLimit, Optional.empty());
    }

    Quota(String label, String description, int defaultLimit, Noun noun) {
        this(label, description, defaultLimit, Optional.of(noun));
    }

    Quota(String label, String description, int defaultLimit, Optional<Noun> noun) {
        this.label = label;
        this.description = description;
        this.defaultLimit = defaultLimit;
        this.noun = noun;
    }

    /** Its name in settings. */
    public String label() {
        return label;
    }

    /** What the OUTSCALE API calls it; what it has no quota for is called as in settings. */
    public String outscaleName() {
        return switch (this) {
            case ACTIVE_PEERINGS_PER_NET -> "networklink_limit";
            case OUTSTANDING_PEERING_REQUESTS -> "networklink_request_limit";
            case NETS -> "vpc_limit";
            case SUBNETS_PER_NET -> "subnet_limit";
            case ROUTE_TABLES_PER_NET -> "rtb_limit";
            case ROUTES_PER_TABLE -> "rtb_rule_limit";
            case SECURITY_GROUPS_PER_NET -> "vpc_sg_limit";
            case RULES_PER_SECURITY_GROUP -> "vpc_sg_rule_limit";
            case VMS -> "vm_limit";
            case INTERNET_SERVICES -> "igw_limit";
            case NAT_SERVICES -> "nat_gateway_limit";
            case PUBLIC_IPS -> "ip_limit";
            case DEAD_PEERING_REQUESTS,
                    NETWORK_ACLS_PER_NET,
                    ENTRIES_PER_NETWORK_ACL,
                    NICS,
                    DHCP_OPTIONS_SETS,
                    KEYPAIRS,
                    VOLUMES,
                    LAUNCH_TEMPLATES,
                    ACCESS_KEYS,
                    TAGS -> label;
        };
    }

    public Sentence description() {
        return Sentence.of(description, noun.stream().toArray());
    }

    public int defaultLimit() {
        return defaultLimit;
    }
}
