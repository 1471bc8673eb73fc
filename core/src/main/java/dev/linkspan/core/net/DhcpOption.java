package dev.linkspan.core.net;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.refusal.Refusal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What a DHCP options set may tell machines (RFC 2132), by the name that EC2 has for it. */
public enum DhcpOption {
    DOMAIN_NAME("domain-name"),
    DOMAIN_NAME_SERVERS("domain-name-servers"),
    LOG_SERVERS("log-servers"),
    NTP_SERVERS("ntp-servers"),
    NETBIOS_NAME_SERVERS("netbios-name-servers"),
    NETBIOS_NODE_TYPE("netbios-node-type");

    /** How many servers of one kind a set may name. */
    public static final int MOST_SERVERS = 4;

    /** What OUTSCALE and EC2 call the name servers that they run themselves. */
    public static final String OUTSCALE_SERVERS = "OutscaleProvidedDNS";

    private static final Set<String> PROVIDED = Set.of(OUTSCALE_SERVERS, "AmazonProvidedDNS");
    private static final Pattern NAME = Pattern.compile("[\\x21-\\x7e]([\\x20-\\x7e]{0,253}[\\x21-\\x7e])?");
    private static final Set<String> NODE_TYPES = Set.of("1", "2", "4", "8");

    private final String label;

    DhcpOption(String label) {
        this.label = label;
    }

    /** Its name in EC2's API. */
    public String label() {
        return label;
    }

    /** The option of this name, if it is one. */
    public static Optional<DhcpOption> tryParse(String label) {
        return Arrays.stream(values())
                .filter(option -> option.label.equals(label))
                .findFirst();
    }

    /** Refuses values that this option cannot have. */
    public void require(List<String> values) {
        int most = this == DOMAIN_NAME || this == NETBIOS_NODE_TYPE ? 1 : MOST_SERVERS;
        if (values.isEmpty() || values.size() > most) {
            throw Refusal.badValue(label, values, "1 to %d values are expected", most);
        }
        values.forEach(this::requireValue);
    }

    private void requireValue(String value) {
        boolean accepted = switch (this) {
            case DOMAIN_NAME -> NAME.matcher(value).matches();
            case DOMAIN_NAME_SERVERS ->
                PROVIDED.contains(value) || Ipv4.tryParse(value).isPresent();
            case LOG_SERVERS, NTP_SERVERS, NETBIOS_NAME_SERVERS ->
                Ipv4.tryParse(value).isPresent();
            case NETBIOS_NODE_TYPE -> NODE_TYPES.contains(value);
        };
        if (!accepted) {
            throw Refusal.malformed(label, value, expected());
        }
    }

    private String expected() {
        return switch (this) {
            case DOMAIN_NAME -> "a name of 1 to 255 ASCII characters is expected";
            case DOMAIN_NAME_SERVERS -> "an IPv4 address or %s is expected".formatted(OUTSCALE_SERVERS);
            case LOG_SERVERS, NTP_SERVERS, NETBIOS_NAME_SERVERS -> "an IPv4 address is expected";
            case NETBIOS_NODE_TYPE -> "1, 2, 4 or 8 is expected";
        };
    }
}
