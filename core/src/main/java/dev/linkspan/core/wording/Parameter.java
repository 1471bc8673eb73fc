package dev.linkspan.core.wording;

/** What a call is given, or a part of it. */
public enum Parameter implements Term {
    ACCEPTER_NET("accepter Net"),
    ACCESS_KEY("access key"),
    ACCOUNT("account"),
    CLIENT_TOKEN("client token"),
    DELETION_PROTECTION("deletion protection"),
    DESCRIPTION("description"),
    DESTINATION("destination"),
    DESTINATION_ADDRESS("destination address"),
    DESTINATION_PORT("destination port"),
    DESTINATION_RANGE("destination range"),
    DEVICE_NUMBER("device number"),
    DHCP_OPTIONS_SET("DHCP options set"),
    EXPIRATION_DATE("expiration date"),
    FILTER_AT_DESTINATION_DESTINATION("destination address of the filter at the destination"),
    FILTER_AT_DESTINATION_PORTS("destination ports of the filter at the destination"),
    FILTER_AT_DESTINATION_SOURCE("source address of the filter at the destination"),
    FILTER_AT_SOURCE_DESTINATION("destination address of the filter at the source"),
    FILTER_AT_SOURCE_PORTS("destination ports of the filter at the source"),
    FILTER_AT_SOURCE_SOURCE("source address of the filter at the source"),
    FROM("beginning"),
    FROM_NET("Net of the beginning"),
    FROM_PORT("first port"),
    GATEWAY("gateway"),
    IMAGE("image"),
    INSIGHTS_ANALYSIS("analysis"),
    INSIGHTS_PATH("path"),
    IP("address"),
    IP_PROTOCOL("protocol"),
    KEY("key"),
    KEYPAIR("keypair"),
    KEYPAIR_NAME("name of the keypair"),
    LEAST_VMS("least number of VMs"),
    MAX_VALUE("limit"),
    MOST_VMS("greatest number of VMs"),
    NAT_SERVICE("NAT service"),
    NESTED_VIRTUALIZATION("nested virtualization"),
    NET("Net"),
    NETWORK_ACL("network ACL"),
    NETWORK_ACL_ASSOCIATION("association of the network ACL"),
    NIC("NIC"),
    NICS("NICs"),
    NIC_LINK("link of the NIC"),
    PEERING("Net peering"),
    PERFORMANCE("performance"),
    PRIVATE_IPS("addresses"),
    RANGE("range"),
    RESOURCES("resource"),
    ROUTE_TABLE("route table"),
    ROUTE_TABLE_LINK("link of the route table"),
    RULE_NUMBER("rule number"),
    SECONDARY_IP_COUNT("number of secondary addresses"),
    SECURITY_GROUP("security group"),
    SECURITY_GROUPS("security groups"),
    SECURITY_GROUP_NAME("name of the security group"),
    SECURITY_GROUP_NAMES("names of security groups"),
    SECURITY_GROUP_RULE("rule of a security group"),
    SHUTDOWN_BEHAVIOR("shutdown behavior"),
    SOURCE("source"),
    SOURCE_ADDRESS("source address"),
    SOURCE_NET("source Net"),
    SUBNET("Subnet"),
    SUBREGION("Subregion"),
    TAG("tag"),
    TENANCY("tenancy"),
    TO("end"),
    TO_NET("Net of the end"),
    TO_PORT("last port"),
    USER_DATA("user data"),
    VALUE("value"),
    VM("VM"),
    VMS("VM"),
    VM_TYPE("VM type");

    private final String word;

    Parameter(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }
}
