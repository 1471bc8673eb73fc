package dev.linkspan.server;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What an operator can set. Each has the same name everywhere: {@code --peering-requires-vm} on the command line, {@code
 * LINKSPAN_PEERING_REQUIRES_VM} in the environment, {@code peering-requires-vm} in the file; the first of these that is
 * given counts.
 */
enum Setting {
    LISTEN("HOST:PORT", "127.0.0.1:7780", "where to listen; port 0 takes a free one"),
    DATA("DIR", "", "the data folder (default: $XDG_DATA_HOME/linkspan)"),
    STORE("URL", "", "a database instead of SQLite: jdbc:postgresql://HOST/DATABASE?user=..."),
    NETWORK(
            String.join("|", Networks.names()),
            Networks.NETNS.name(),
            "what carries the packets; none is the API alone"),
    OVN_NETWORK("NAME", "", "with --network ovn, tells this server's Nets from those of others in the same OVN"),
    OVN_NB(
            "DATABASES",
            "",
            "OVN's northbound database: unix:PATH, tcp:HOST:PORT or ssl:HOST:PORT, with a comma between those of a cluster"),
    OVN_SB("DATABASES", "", "OVN's southbound database, likewise"),
    OVN_CA("FILE", "", "the authority that has signed the certificates of OVN, for ssl:"),
    OVN_CERTIFICATE("FILE", "", "the certificate that this server shows OVN"),
    OVN_PRIVATE_KEY("FILE", "", "the private key of it"),
    REGIONS("REGIONS", "eu-west-2:a,b;us-east-2:a,b", "the Regions with their Subregions; the first is the default"),
    PUBLIC_IPS(
            "RANGES",
            "203.0.113.0/24;198.51.100.0/24;192.0.2.0/24",
            "the public addresses: a range for each Region, in their order"),
    OUTSIDE("INTERFACE", "", "lets what leaves Nets by their exits go on by this interface, masqueraded; takes root"),
    IMAGES("FILE", "", "the catalogue of images (default: one with those that people name)"),
    DEFAULT_NETS("true|false", "false", "whether each account has a default VPC in each Region, as EC2 makes it"),
    CLOCK("system|manual", "system", "manual: time moves only by the call AdvanceClock"),
    PEERING_REQUIRES_VM(
            "true|false",
            "",
            "whether both Nets need a VM before they can be peered (default: true; false with --dev)"),
    ROLES("ROLES", "", "who may assume which role: ACCOUNT/ROLE:ACCOUNT,ACCOUNT;..."),
    CALLS_PER_ACCOUNT("N", "500", "how many calls a second one account may make; 0 is any number"),
    CALLS_PER_ADDRESS("N", "1000", "how many calls a second may come from one address; 0 is any number"),
    FLOWS_PER_NIC("N", "16384", "how many flows one NIC may have open in its Net's router"),
    FLOWS_PER_PEERING("N", "16384", "how many flows the peer may have open through one peering"),
    EVENT_RETENTION("DURATION", "P365D", "how long the event log is kept; PT0S keeps it for ever"),
    LOG("text|json", "text", "how the log on standard error looks: for people, or an object a line"),
    MAX_CONNECTIONS("N", "1000", "how many connections there may be at once"),
    MAX_CONNECTIONS_PER_ADDRESS("N", "250", "how many of them may come from one address"),
    MAX_BODY_MEMORY("MIB", "32", "how many MiB of large requests are held at once"),
    HEAD_TIMEOUT("SECONDS", "10", "how long a request's first line and header fields may take"),
    BODY_TIMEOUT("SECONDS", "30", "how long a request's body may take"),
    IDLE_TIMEOUT("SECONDS", "60", "how long a connection is kept for a next request"),
    DEV("true|false", "false", "believe every request: for development on this machine only");

    private final String values;
    private final String defaultValue;
    private final String description;

    Setting(String values, String defaultValue, String description) {
        this.values = values;
        this.defaultValue = defaultValue;
        this.description = description;
    }

    /** Its name in the file, and behind the two hyphens of the command line. */
    String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    String environmentVariable() {
        return "LINKSPAN_" + name();
    }

    /** An empty text where the default depends on something else. */
    String defaultValue() {
        return defaultValue;
    }

    static Optional<Setting> named(String key) {
        return Arrays.stream(values())
                .filter(setting -> setting.key().equals(key))
                .findFirst();
    }

    static String keys() {
        return Arrays.stream(values()).map(Setting::key).collect(Collectors.joining(", "));
    }

    /** One line for the help text. */
    String help() {
        String option = "--%s %s".formatted(key(), values);
        String shownDefault = defaultValue.isEmpty() ? "" : " (default: %s)".formatted(defaultValue);
        return "  %-34s %s%s".formatted(option, description, shownDefault);
    }
}
