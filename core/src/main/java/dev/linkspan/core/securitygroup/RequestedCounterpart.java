package dev.linkspan.core.securitygroup;

import dev.linkspan.core.address.AddressRange;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.SecurityGroupId;
import java.util.Optional;

/** Whom a caller wants a rule to speak of; a group may be given by its id or by its name. */
public sealed interface RequestedCounterpart {

    record Range(AddressRange range) implements RequestedCounterpart {}

    /**
     * The group of this id.
     *
     * @param owner whose group it is; where it is not given, whoever owns the group of that id
     */
    record GroupById(SecurityGroupId id, Optional<AccountId> owner) implements RequestedCounterpart {}

    /**
     * The group of this name.
     *
     * @param owner whose group it is; the caller's own where it is not given
     */
    record GroupByName(String name, Optional<AccountId> owner) implements RequestedCounterpart {}
}
