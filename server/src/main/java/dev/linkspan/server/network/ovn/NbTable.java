package dev.linkspan.server.network.ovn;

import dev.linkspan.server.network.ovsdb.Value;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * The tables of OVN's northbound database in which the driver has rows (ovn-nb(5)), with every column that it answers for, and what
 * that holds where nothing is said. What northd itself writes is not among them.
 */
enum NbTable {
    ROUTER("Logical_Router", "name:s ports static_routes policies nat load_balancer enabled options:m"),
    ROUTER_PORT("Logical_Router_Port", "name:s mac:s networks peer enabled options:m gateway_chassis"),
    ROUTE("Logical_Router_Static_Route", "route_table:s ip_prefix:s policy nexthop:s output_port options:m"),
    POLICY("Logical_Router_Policy", "priority:i match:s action:s nexthop nexthops options:m"),
    SWITCH("Logical_Switch", "name:s ports acls load_balancer dns_records other_config:m"),
    SWITCH_PORT(
            "Logical_Switch_Port",
            "name:s type:s addresses port_security enabled options:m parent_name tag_request dhcpv4_options"),
    PORT_GROUP("Port_Group", "name:s ports acls"),
    ACL("ACL", "priority:i direction:s match:s action:s log:b label:i options:m tier:i"),
    ADDRESS_SET("Address_Set", "name:s addresses");

    /** Where every table has what its users say of a row. */
    static final String EXTERNAL_IDS = "external_ids";

    private static final Map<NbTable, Map<String, Value>> COLUMNS = new EnumMap<>(NbTable.class);

    static {
        Arrays.stream(values()).forEach(it -> COLUMNS.put(it, parse(it.described)));
    }

    private final String table;
    private final String described;

    /** @param described the columns, each with the first letter of its type, where that is no set */
    NbTable(String table, String described) {
        this.table = table;
        this.described = described;
    }

    private static Map<String, Value> parse(String described) {
        Map<String, Value> columns = new LinkedHashMap<>();
        for (String column : described.split(" ", -1)) {
            String[] parts = column.split(":", 2);
            columns.put(parts[0], parts.length == 1 ? Value.empty() : initial(parts[1]));
        }
        columns.put(EXTERNAL_IDS, Value.pairs(Map.of()));
        return Collections.unmodifiableMap(columns);
    }

    private static Value initial(String type) {
        return switch (type) {
            case "s" -> Value.text("");
            case "i" -> Value.whole(0);
            case "b" -> Value.flag(false);
            case "m" -> Value.pairs(Map.of());
            default -> throw new IllegalArgumentException(type);
        };
    }

    /** What the database calls it. */
    String table() {
        return table;
    }

    /** What the columns hold where nothing is said. */
    Map<String, Value> columns() {
        return COLUMNS.getOrDefault(this, Map.of());
    }

    /** Every table with its columns, as a client is told to keep them. */
    static Map<String, Set<String>> monitored() {
        Map<String, Set<String>> monitored = new LinkedHashMap<>();
        Arrays.stream(values())
                .forEach(it ->
                        monitored.put(it.table, new LinkedHashSet<>(it.columns().keySet())));
        return monitored;
    }
}
