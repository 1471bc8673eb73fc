package dev.linkspan.core.net;

import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.id.SubnetId;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.wording.Parameter;
import java.util.List;

/**
 * A NIC that is asked for.
 *
 * @param groups its security groups; with no {@code groupNames} either, the default group of its Net
 * @param groupNames further ones, by their names in its Net
 */
public record NewNic(
        SubnetId subnet,
        AddressChoice addresses,
        List<SecurityGroupId> groups,
        List<String> groupNames,
        String description) {

    public static final int LONGEST_DESCRIPTION = 255;

    public NewNic {
        groups = List.copyOf(groups);
        groupNames = List.copyOf(groupNames);
        requireShort(description);
    }

    static void requireShort(String description) {
        if (description.length() > LONGEST_DESCRIPTION) {
            throw Refusal.badValue(
                    Parameter.DESCRIPTION,
                    description.substring(0, 20) + "...",
                    "at most %d characters are accepted",
                    LONGEST_DESCRIPTION);
        }
    }
}
