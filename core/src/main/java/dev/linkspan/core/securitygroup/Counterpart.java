package dev.linkspan.core.securitygroup;

import dev.linkspan.core.address.AddressRange;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.SecurityGroupId;

/** Whom a rule lets talk: the source of what comes in, the destination of what goes out. */
public sealed interface Counterpart {

    /** Any address of a range; nobody has one of a range of IPv6 (S8). */
    record Range(AddressRange range) implements Counterpart {}

    /**
     * The NICs of a group of the same Net, or of a Net peered with it (S5).
     *
     * @param owner the account whose group it is
     */
    record Group(SecurityGroupId id, AccountId owner) implements Counterpart {}
}
