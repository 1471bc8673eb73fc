package dev.linkspan.server.api.ec2;

import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.id.SubregionName;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The ids of Availability Zones, which are Subregions: {@code euw2-az1} is {@code eu-west-2a}, for every account. A Subregion
 * that is not named by its Region, which ends in a digit, and a letter has its name for an id.
 */
public final class ZoneIds {

    private static final Pattern NAME = Pattern.compile("(.+[0-9])([a-i])");

    private static final Pattern ID = Pattern.compile("(.+)-az([1-9])");

    private static final Pattern DIRECTION = Pattern.compile("(north|south|)(east|west|)|central|gov");

    private ZoneIds() {}

    /** The id of the Subregion with this name. */
    public static String of(SubregionName name) {
        Matcher parts = NAME.matcher(name.value());
        return parts.matches()
                ? "%s-az%d".formatted(brief(parts.group(1)), parts.group(2).charAt(0) - 'a' + 1)
                : name.value();
    }

    /** The name of the Subregion with this id, if the Region has one; of any other text, the text. */
    public static SubregionName named(RegionName region, String id) {
        Matcher parts = ID.matcher(id);
        return parts.matches() && parts.group(1).equals(brief(region.value()))
                ? new SubregionName(region.value() + (char) ('a' + Integer.parseInt(parts.group(2)) - 1))
                : new SubregionName(id);
    }

    /** The Subregion that a request means: by its name, or else by its id. */
    public static Optional<SubregionName> meant(RegionName region, Optional<SubregionName> name, Optional<String> id) {
        return name.or(() -> id.map(it -> named(region, it)));
    }

    /** The same, where a request must mean one. */
    public static SubregionName require(RegionName region, Optional<SubregionName> name, Optional<String> id) {
        return meant(region, name, id)
                .orElseThrow(() -> new Refusal(
                        RefusalCode.MISSING_PARAMETER, "The request must contain the parameter AvailabilityZone."));
    }

    /** {@code eu-west-2} is {@code euw2}, {@code ap-southeast-1} is {@code apse1}. */
    private static String brief(String region) {
        return Arrays.stream(region.split("-")).map(ZoneIds::briefly).collect(Collectors.joining());
    }

    private static String briefly(String part) {
        Matcher direction = DIRECTION.matcher(part);
        if (part.isEmpty() || !direction.matches()) {
            return part;
        }
        return direction.group(1) == null
                ? part.substring(0, 1)
                : initial(direction.group(1)) + initial(direction.group(2));
    }

    private static String initial(String word) {
        return word.isEmpty() ? "" : word.substring(0, 1);
    }
}
