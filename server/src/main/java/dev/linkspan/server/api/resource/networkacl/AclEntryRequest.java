package dev.linkspan.server.api.resource.networkacl;

import dev.linkspan.core.address.AddressRange;
import dev.linkspan.core.address.Ipv6Range;
import dev.linkspan.core.id.NetworkAclId;
import dev.linkspan.core.networkacl.AclEntry;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.core.securitygroup.Direction;
import dev.linkspan.core.securitygroup.Traffic;
import dev.linkspan.server.api.json.CanonicalCidr;
import dev.linkspan.server.api.json.OneOf;
import dev.linkspan.server.api.json.Required;
import java.util.Locale;
import java.util.Optional;

/**
 * CreateNetworkAclEntry, ReplaceNetworkAclEntry: an entry with the ACL that it is of.
 *
 * @param protocol a name, however written, or number, or -1 for all
 * @param cidrBlock its host bits are forgotten, as EC2 does
 * @param portRange ignored where the protocol has no ports: clients send it always
 * @param icmp ignored likewise
 */
record AclEntryRequest(
        @Required NetworkAclId networkAclId,
        @Required Integer ruleNumber,
        @Required String protocol,
        @Required @OneOf({ALLOW, DENY}) String ruleAction,
        @Required Boolean egress,
        Optional<CanonicalCidr> cidrBlock,
        Optional<Ipv6Range> ipv6CidrBlock,
        Optional<PortRange> portRange,
        Optional<IcmpTypeCode> icmp) {

    static final String ALLOW = "allow";
    static final String DENY = "deny";

    record PortRange(Optional<Integer> from, Optional<Integer> to) {}

    record IcmpTypeCode(Optional<Integer> code, Optional<Integer> type) {}

    private static final int LAST_PROTOCOL = 255;

    static Direction direction(boolean egress) {
        return egress ? Direction.OUTBOUND : Direction.INBOUND;
    }

    /** What is meant; refuses what is no entry, in EC2's words. */
    AclEntry entry() {
        AddressRange range = range();
        return new AclEntry(ruleNumber, direction(egress), traffic(range), range, allows());
    }

    private boolean allows() {
        return switch (ruleAction) {
            case ALLOW -> true;
            case DENY -> false;
            default -> throw Refusal.malformed("RuleAction", ruleAction, "allow or deny is expected");
        };
    }

    private AddressRange range() {
        if (cidrBlock.isPresent() && ipv6CidrBlock.isPresent()) {
            throw new Refusal(
                    RefusalCode.PARAMETER_COMBINATION,
                    "The parameters CidrBlock and Ipv6CidrBlock exclude each other: give one of them.");
        }
        return cidrBlock
                .<AddressRange>map(CanonicalCidr::range)
                .or(() -> ipv6CidrBlock)
                .orElseThrow(() -> missing("CidrBlock or Ipv6CidrBlock", "an entry"));
    }

    private Traffic traffic(AddressRange range) {
        return switch (protocol.toLowerCase(Locale.ROOT)) {
            case "-1" -> new Traffic.All();
            case "tcp", "6" -> ports(Traffic.TCP);
            case "udp", "17" -> ports(Traffic.UDP);
            case "icmp", "1" -> typeAndCode();
            default -> other(range);
        };
    }

    private Traffic ports(int number) {
        int from = portRange
                .flatMap(PortRange::from)
                .orElseThrow(() -> missing("PortRange.From", "the protocols tcp and udp"));
        int to = portRange
                .flatMap(PortRange::to)
                .orElseThrow(() -> missing("PortRange.To", "the protocols tcp and udp"));
        if (from < 0 || to > Traffic.Ports.LAST || from > to) {
            throw Refusal.malformed("PortRange", from + "-" + to, "a range within 0-65535 is expected");
        }
        return new Traffic.Ports(number, from, to);
    }

    private Traffic typeAndCode() {
        int type = icmp.flatMap(IcmpTypeCode::type).orElseThrow(() -> missing("Icmp.Type", "the protocol icmp"));
        int code = icmp.flatMap(IcmpTypeCode::code).orElseThrow(() -> missing("Icmp.Code", "the protocol icmp"));
        if (!Traffic.Icmp.possible(type, code)) {
            throw Refusal.malformed(
                    "Icmp",
                    "type %d, code %d".formatted(type, code),
                    "a type and a code of 0 to 255 are expected, or -1 for every code, or for every type and code");
        }
        return new Traffic.Icmp(type, code);
    }

    private Traffic other(AddressRange range) {
        if (!protocol.matches("0|[1-9][0-9]{0,2}") || Integer.parseInt(protocol) > LAST_PROTOCOL) {
            throw Refusal.malformed(
                    "Protocol",
                    protocol,
                    "tcp, udp, icmp, -1 for all, or a number from 0 to %d is expected",
                    LAST_PROTOCOL);
        }
        int number = Integer.parseInt(protocol);
        if (number == Traffic.ICMPV6 && range instanceof Ipv6Range) {
            requireAllOfIcmpv6();
        }
        return new Traffic.Other(number);
    }

    /** Which packets of IPv6 an entry tells apart need not be kept, since it matches none (S8). */
    private void requireAllOfIcmpv6() {
        IcmpTypeCode all = new IcmpTypeCode(Optional.of(Traffic.ANY), Optional.of(Traffic.ANY));
        icmp.filter(asked -> !asked.equals(all)).ifPresent(_ -> {
            throw Refusal.badValue(
                    "Protocol", protocol, "with an Ipv6CidrBlock, Icmp.Type and Icmp.Code can only be -1 here");
        });
    }

    private static Refusal missing(String parameter, String forWhat) {
        return new Refusal(
                RefusalCode.MISSING_PARAMETER, "The request must contain the parameter %s for %s.", parameter, forWhat);
    }
}
