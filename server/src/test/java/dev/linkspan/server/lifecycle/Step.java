package dev.linkspan.server.lifecycle;

import java.util.List;

/**
 * One thing that a script does: a call by an account in a Region, or something that happens to the server.
 *
 * <p>Accounts, Regions, Nets and peerings have names ({@code ann}, {@code west}, {@code n0}, {@code p0}), so that a step
 * keeps its meaning when others are left out. A name that nothing was made under stands for an id that does not exist.
 */
sealed interface Step {

    /** What an account has a limit of (P12). */
    enum Limit {
        ACTIVE_PEERINGS_PER_NET,
        OUTSTANDING_PEERING_REQUESTS
    }

    /** When time alone changes something about a peering. */
    enum Moment {
        /** A request's week is over (L2). */
        EXPIRY,
        /** A dead peering's hour is over (L3). */
        END_OF_VISIBILITY
    }

    /** Leaves it as it is: there is no account to make a call that sets this. */
    int DEFAULT = -1;

    record CreateNet(String net, String range, String by, String in) implements Step {}

    record DeleteNet(String net, String by, boolean dryRun) implements Step {}

    /** One Subnet at the beginning of the Net's range. */
    record CreateSubnet(String net, String by) implements Step {}

    record DeleteSubnet(String net, String by) implements Step {}

    /** In the Net's Subnet. */
    record CreateVm(String net, String by) implements Step {}

    /** The newest VM of the Net. */
    record DeleteVm(String net, String by) implements Step {}

    /** @param owner whose the accepter Net is said to be; empty where that is left out */
    record CreateNetPeering(
            String peering, String source, String accepter, String owner, String by, String in, boolean dryRun)
            implements Step {}

    /** A call that names one peering. */
    sealed interface OnPeering extends Step {
        String peering();

        String by();

        String in();
    }

    record AcceptNetPeering(String peering, String by, String in, boolean dryRun) implements OnPeering {}

    record RejectNetPeering(String peering, String by, String in, boolean dryRun) implements OnPeering {}

    record DeleteNetPeering(String peering, String by, String in, boolean dryRun) implements OnPeering {}

    record CreateTags(String peering, String key, String value, String by, String in) implements OnPeering {}

    record DeleteTags(String peering, String key, String value, String by, String in) implements OnPeering {}

    /**
     * An empty list does not restrict.
     *
     * @param tags as {@code key=value}
     * @param page how many on a page; 0 for all at once
     */
    record ReadNetPeerings(
            String by,
            String in,
            List<String> peerings,
            List<String> states,
            List<String> sources,
            List<String> accepters,
            List<String> sourceOwners,
            List<String> accepterOwners,
            List<String> sourceRanges,
            List<String> accepterRanges,
            List<String> tags,
            int page)
            implements Step {

        static ReadNetPeerings everything(String by, String in) {
            List<String> any = List.of();
            return new ReadNetPeerings(by, in, any, any, any, any, any, any, any, any, any, 0);
        }

        static ReadNetPeerings ofId(String by, String in, String peering) {
            List<String> any = List.of();
            return new ReadNetPeerings(by, in, List.of(peering), any, any, any, any, any, any, any, any, 0);
        }
    }

    record ReadQuotas(String by, String in) implements Step {}

    /** @param most {@link #DEFAULT} for the limit that an account has otherwise */
    record SetQuota(String account, Limit limit, int most) implements Step {}

    record Wait(long millis) implements Step {}

    /** Until so many milliseconds behind that moment; not at all where it is over or never comes. */
    record WaitUntil(String peering, Moment moment, long millis) implements Step {}

    /** What time has done is recorded; no answer may depend on it (T2). */
    record Sweep() implements Step {}
}
