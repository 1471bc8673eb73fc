package dev.linkspan.core.net;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.DhcpOptionsSetId;
import dev.linkspan.core.refusal.Ids;
import dev.linkspan.core.wording.Term;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What the machines of a Net are to be told about names, time and logs: recorded for clients, without effect on packets.
 *
 * @param options each with its values in the order given; never changes
 */
public record DhcpOptionsSet(
        DhcpOptionsSetId id, AccountId owner, Map<DhcpOption, List<String>> options, Instant createdAt) {

    /** The set that every Net has unless told otherwise. It is everybody's and names no servers. */
    public static final DhcpOptionsSetId DEFAULT = DhcpOptionsSetId.KIND.of(1);

    /** What clients may write instead of the id of the default set. */
    private static final String DEFAULT_WORD = "default";

    public DhcpOptionsSet {
        Map<DhcpOption, List<String>> copy = new EnumMap<>(DhcpOption.class);
        options.forEach((option, values) -> copy.put(option, List.copyOf(values)));
        options = Collections.unmodifiableMap(copy);
    }

    /** The default set, as this account sees it: as its own. */
    public static DhcpOptionsSet standard(AccountId viewer) {
        return new DhcpOptionsSet(DEFAULT, viewer, Map.of(), Instant.EPOCH);
    }

    /** Reads the id of a set, or the word for the default one. */
    public static DhcpOptionsSetId parseId(Term parameter, String text) {
        return text.equals(DEFAULT_WORD) ? DEFAULT : Ids.parse(DhcpOptionsSetId.KIND, parameter, text);
    }

    public boolean isDefault() {
        return id.equals(DEFAULT);
    }

    /** The values of this option; none where the set does not have it. */
    public List<String> values(DhcpOption option) {
        return options.getOrDefault(option, List.of());
    }
}
