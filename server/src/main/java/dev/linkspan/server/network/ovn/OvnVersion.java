package dev.linkspan.server.network.ovn;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which OVN compiles what is written.
 *
 * @param text such as {@code 25.03.0}
 * @param year of its series, since 2000
 * @param month likewise
 */
record OvnVersion(String text, int year, int month) {

    /** What northd writes into the northbound database: its version, and those of what it writes. */
    private static final Pattern INTERNAL = Pattern.compile("((\\d{2})\\.(\\d{2})[^-]*)(-.*)?");

    /** From so many on, a change takes a third of a second of a processor's time where everything is compiled anew. */
    private static final int MANY_NETS = 100;

    /** Empty for what is no version. */
    static Optional<OvnVersion> parse(String internal) {
        Matcher matcher = INTERNAL.matcher(internal);
        return matcher.matches()
                ? Optional.of(new OvnVersion(
                        matcher.group(1), Integer.parseInt(matcher.group(2)), Integer.parseInt(matcher.group(3))))
                : Optional.empty();
    }

    /** What operators must know of so many Nets with this version, if anything. */
    Optional<String> warning(int nets) {
        boolean incremental = year > 25 || (year == 25 && month >= 3);
        return incremental || nets < MANY_NETS
                ? Optional.empty()
                : Optional.of(
                        "there are %d Nets, and OVN %s compiles all of them anew at each change, however small; 25.03 and later do not for many"
                                .formatted(nets, text));
    }
}
