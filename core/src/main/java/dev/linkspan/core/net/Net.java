package dev.linkspan.core.net;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.DhcpOptionsSetId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.RegionName;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;

/**
 * A private network of one account in one Region.
 *
 * @param range the addresses it may use, /16 to /28; never changes
 * @param tenancy {@code default} or {@code dedicated}: recorded for clients, without effect on packets
 * @param dhcpOptions its DHCP options set, recorded for clients
 * @param attributes those that are on
 * @param isDefault whether EC2's clients mean it where they name none
 */
public record Net(
        NetId id,
        AccountId owner,
        RegionName region,
        Cidr range,
        String tenancy,
        DhcpOptionsSetId dhcpOptions,
        Set<NetAttribute> attributes,
        boolean isDefault,
        Instant createdAt) {

    public static final int LARGEST_PREFIX = 16;
    public static final int SMALLEST_PREFIX = 28;

    public static final String DEFAULT_TENANCY = "default";
    public static final String DEDICATED_TENANCY = "dedicated";

    /** What is on in a new Net. */
    public static final Set<NetAttribute> DEFAULT_ATTRIBUTES = Set.of(NetAttribute.DNS_SUPPORT);

    public Net {
        attributes = Set.copyOf(attributes);
    }

    /** One that nobody means unless it is named. */
    public Net(
            NetId id,
            AccountId owner,
            RegionName region,
            Cidr range,
            String tenancy,
            DhcpOptionsSetId dhcpOptions,
            Set<NetAttribute> attributes,
            Instant createdAt) {
        this(id, owner, region, range, tenancy, dhcpOptions, attributes, false, createdAt);
    }

    public Net asDefault() {
        return new Net(id, owner, region, range, tenancy, dhcpOptions, attributes, true, createdAt);
    }

    public Net withDhcpOptions(DhcpOptionsSetId changed) {
        return new Net(id, owner, region, range, tenancy, changed, attributes, isDefault, createdAt);
    }

    public Net withAttribute(NetAttribute attribute, boolean on) {
        Set<NetAttribute> changed = EnumSet.noneOf(NetAttribute.class);
        changed.addAll(attributes);
        if (on) {
            changed.add(attribute);
        } else {
            changed.remove(attribute);
        }
        return new Net(id, owner, region, range, tenancy, dhcpOptions, changed, isDefault, createdAt);
    }
}
