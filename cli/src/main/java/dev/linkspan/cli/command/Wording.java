package dev.linkspan.cli.command;

import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says in the command line's words what a server refused in those of its API. */
final class Wording {

    private static final Map<String, String> TYPED = Map.ofEntries(
            Map.entry("AccountId", "--account"),
            Map.entry("AfterSequence", "--after"),
            Map.entry("Duration", "DURATION"),
            Map.entry("Email", "--email"),
            Map.entry("From", "FROM"),
            Map.entry("FromNetId", "Net of FROM"),
            Map.entry("IcmpType", "type"),
            Map.entry("IpProtocol", "protocol"),
            Map.entry("MaxValue", "NUMBER"),
            Map.entry("Name", "NAME"),
            Map.entry("NetPeeringId", "Net peering"),
            Map.entry("Password", "password"),
            Map.entry("Plan", "--plan"),
            Map.entry("Port", "port"),
            Map.entry("RegionName", "--region"),
            Map.entry("Resource", "--resource"),
            Map.entry("Since", "--since"),
            Map.entry("SubregionName", "NAME"),
            Map.entry("To", "TO"),
            Map.entry("ToNetId", "Net of TO"),
            Map.entry("Types", "--type"),
            Map.entry("Until", "--until"));

    /** Where the API's messages name a parameter. */
    private static final Pattern NAMED = Pattern.compile(
            "(?:[Pp]arameter )?'(\\w+)'(?= is required)|(?<=' of )(\\w+)(?= is )|(?<=The )(\\w+)(?= ')");

    /** An address for which the API wants a Net in a parameter of its own, and the command line before the address. */
    private static final Pattern SEVERAL_NETS = Pattern.compile(
            "^(The value '([0-9.]+)' of \\w+ is not accepted: it is in several Nets, ([\\w-]+).*), and \\w+NetId says which one is meant");

    private Wording() {}

    static String ofCommandLine(String details) {
        String netBefore = SEVERAL_NETS.matcher(details).replaceFirst("$1, and $3/$2 says which one is meant");
        return NAMED.matcher(netBefore).replaceAll(found -> Matcher.quoteReplacement(typed(found)));
    }

    private static String typed(MatchResult found) {
        for (int group = 1; group <= found.groupCount(); group++) {
            String word = found.group(group);
            if (word != null && TYPED.containsKey(word)) {
                return TYPED.get(word);
            }
        }
        return found.group();
    }
}
