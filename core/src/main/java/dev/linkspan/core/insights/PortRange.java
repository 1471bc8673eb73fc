package dev.linkspan.core.insights;

import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.securitygroup.Traffic;
import dev.linkspan.core.wording.Term;

/**
 * Ports from the first to the last one.
 *
 * @param first 0 to 65535
 * @param last not below the first
 */
public record PortRange(int first, int last) {

    public PortRange {
        if (!possible(first, last)) {
            throw new IllegalArgumentException("%d-%d is no range of ports".formatted(first, last));
        }
    }

    /**
     * Refuses what is none.
     *
     * @param parameter where it was given
     */
    public static PortRange of(Term parameter, int first, int last) {
        if (!possible(first, last)) {
            throw Refusal.malformed(parameter, "%d-%d".formatted(first, last), "a range within 0 to 65535 is expected");
        }
        return new PortRange(first, last);
    }

    private static boolean possible(int first, int last) {
        return 0 <= first && first <= last && last <= Traffic.Ports.LAST;
    }

    static PortRange parse(String text) {
        int dash = text.indexOf('-');
        return new PortRange(Integer.parseInt(text.substring(0, dash)), Integer.parseInt(text.substring(dash + 1)));
    }

    @Override
    public String toString() {
        return first + "-" + last;
    }
}
