package dev.linkspan.core.port;

import dev.linkspan.core.account.AccessKey;
import dev.linkspan.core.account.Account;
import dev.linkspan.core.account.EmailAddress;
import dev.linkspan.core.account.Password;
import dev.linkspan.core.account.Session;
import dev.linkspan.core.event.Event;
import dev.linkspan.core.event.EventQuery;
import dev.linkspan.core.id.AccessKeyId;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.DhcpOptionsSetId;
import dev.linkspan.core.id.InsightsAnalysisId;
import dev.linkspan.core.id.InsightsPathId;
import dev.linkspan.core.id.KeypairId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.id.NicLinkId;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.id.ResourceId;
import dev.linkspan.core.id.RouteTableId;
import dev.linkspan.core.id.RouteTableLinkId;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.id.SecurityGroupRuleId;
import dev.linkspan.core.id.SessionId;
import dev.linkspan.core.id.SubnetId;
import dev.linkspan.core.id.SubregionName;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.insights.InsightsAnalysis;
import dev.linkspan.core.insights.InsightsPath;
import dev.linkspan.core.keypair.Keypair;
import dev.linkspan.core.net.DhcpOptionsSet;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.net.Subnet;
import dev.linkspan.core.net.Tag;
import dev.linkspan.core.net.Vm;
import dev.linkspan.core.net.VmState;
import dev.linkspan.core.peering.NetPeering;
import dev.linkspan.core.peering.NetPeeringQuery;
import dev.linkspan.core.peering.PeeringStateName;
import dev.linkspan.core.routing.RouteTable;
import dev.linkspan.core.securitygroup.SecurityGroup;
import dev.linkspan.core.securitygroup.SecurityGroupHead;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is true in a Region at one instant: committed, consistent, and of no interest to writers. Lists come in the order
 * of creation (then id). Rows are as recorded: whether a peering has expired or a VM is still visible at {@link #now()}
 * is the reader's question ({@link NetPeering#stateAt}, {@link Vm#visibleAt}).
 */
public interface Snapshot {

    RegionName region();

    /** The one time of this read or change, by the Region's clock (T1); never runs backwards between changes. */
    Instant now();

    // The directory, which all Regions share: an account is the same in each of them, and where a Net is must be known
    // everywhere (P5). All else is one Region's.

    Optional<Account> account(AccountId id);

    List<Account> accounts();

    /** The account that has this address. */
    Optional<Account> accountOf(EmailAddress email);

    Optional<Password> password(AccountId owner);

    /** As it was written down, whether or not it is over. */
    Optional<Session> session(SessionId id);

    Optional<AccessKey> accessKey(AccessKeyId id);

    List<AccessKey> accessKeys(AccountId owner);

    /** A Net of whichever Region (P5). */
    Optional<Net> netOfAnyRegion(NetId id);

    // This Region.

    /** The Subregions that the operator failed and has not healed. */
    Set<SubregionName> failedSubregions();

    Optional<Net> net(NetId id);

    List<Net> nets(AccountId owner);

    /** Every Net of the Region, whoever owns it. */
    List<NetId> netIds();

    /** A set that an account made: the default one is stored nowhere. */
    Optional<DhcpOptionsSet> dhcpOptionsSet(DhcpOptionsSetId id);

    List<DhcpOptionsSet> dhcpOptionsSets(AccountId owner);

    Optional<Keypair> keypair(KeypairId id);

    Optional<Keypair> keypairNamed(AccountId owner, String name);

    List<Keypair> keypairs(AccountId owner);

    Optional<InsightsPath> insightsPath(InsightsPathId id);

    /** The path that was made with this token, while it is there. */
    Optional<InsightsPath> insightsPathByClientToken(AccountId owner, String clientToken);

    List<InsightsPath> insightsPaths(AccountId owner);

    Optional<InsightsAnalysis> insightsAnalysis(InsightsAnalysisId id);

    /** The analysis that was started with this token, while it is there. */
    Optional<InsightsAnalysis> insightsAnalysisByClientToken(AccountId owner, String clientToken);

    List<InsightsAnalysis> insightsAnalyses(AccountId owner);

    List<InsightsAnalysis> insightsAnalysesOf(InsightsPathId path);

    int countInsightsAnalyses(AccountId owner);

    Optional<Subnet> subnet(SubnetId id);

    List<Subnet> subnets(AccountId owner);

    List<Subnet> subnetsOf(NetId net);

    Optional<Vm> vm(VmId id);

    List<Vm> vms(AccountId owner);

    List<Vm> vmsOf(NetId net);

    /** The VMs that one CreateVms call with this token made. */
    List<Vm> vmsByClientToken(AccountId owner, String clientToken);

    /** Whether the Net holds a VM that is not terminated (P6). */
    boolean hasVm(NetId net);

    Optional<Nic> nic(NicId id);

    Optional<Nic> nicOfLink(NicLinkId id);

    List<Nic> nics(AccountId owner);

    List<Nic> nicsOf(NetId net);

    List<Nic> nicsOf(SubnetId subnet);

    List<Nic> nicsOf(VmId vm);

    /** The NICs that have this group. */
    List<Nic> nicsIn(SecurityGroupId group);

    Optional<RouteTable> routeTable(RouteTableId id);

    /** Whose this table is, without its routes. */
    Optional<AccountId> ownerOf(RouteTableId id);

    Optional<RouteTable> routeTableOfLink(RouteTableLinkId id);

    List<RouteTable> routeTables(AccountId owner);

    List<RouteTable> routeTablesOf(NetId net);

    /** The table that was made with this token, while it is there. */
    Optional<RouteTable> routeTableByClientToken(AccountId owner, String clientToken);

    /** The tables, of either Net, with a route whose target is this peering. */
    List<RouteTable> routeTablesNaming(NetPeeringId peering);

    Optional<SecurityGroup> securityGroup(SecurityGroupId id);

    /** The group with this rule and no other: it costs the same however many rules the group has. */
    Optional<SecurityGroup> securityGroupOf(SecurityGroupRuleId rule);

    Optional<SecurityGroupHead> securityGroupHead(SecurityGroupId id);

    /** The Net's group of this name. */
    Optional<SecurityGroupHead> securityGroupHead(NetId net, String name);

    List<SecurityGroup> securityGroups(AccountId owner);

    List<SecurityGroup> securityGroupsOf(NetId net);

    /** The groups, of whichever Net, with a rule whose counterpart is this group (S5). */
    List<SecurityGroupHead> securityGroupsNaming(SecurityGroupId group);

    Optional<NetPeering> netPeering(NetPeeringId id);

    /** A page of the peerings that match, live ones first, then by creation; bounded by the query's limit. */
    List<NetPeering> netPeerings(NetPeeringQuery query);

    /** The peerings of this Net that are recorded as pending or active, on either side. */
    List<NetPeering> livePeeringsOf(NetId net);

    /** The peerings between these two, whichever way round, that are recorded as pending or active. */
    List<NetPeering> livePeeringsBetween(NetId one, NetId other);

    /** How many peerings of the Region show each state now (L2, L3); states that none shows are left out. */
    Map<PeeringStateName, Long> countPeerings();

    /** How many VMs of the Region show each state now; states that none shows are left out. */
    Map<VmState, Long> countVms();

    /** How many peerings of this Net are active (P12). */
    int countActivePeerings(NetId net);

    /** How many requests of this account wait for an answer now (P12). */
    int countOutstandingRequests(AccountId requester);

    /** How many requests of this account are shown that came to nothing: the dead peerings of the last hour (L3). */
    int countDeadRequests(AccountId requester);

    int count(AccountId owner, Countable what);

    /** This account's tags on these resources, by resource and key. */
    List<Tag> tags(AccountId owner, Collection<? extends ResourceId> resources);

    List<Tag> tags(AccountId owner);

    /** The resources on which the account has tags, by id. */
    List<ResourceId> taggedResources(AccountId owner);

    /** The events after this number, in order, at most so many. */
    List<Event> events(long after, int limit);

    /** The events that match, in the query's order; bounded by its limit. */
    List<Event> events(EventQuery query);

    /** The number of the oldest event that is kept; that of the next one where none is. */
    long firstSequence();

    /** The number of the newest event, 0 where none is. */
    long lastSequence();

    /**
     * The number of the newest event that names the account, 0 where there is none. That is all that it is told of how far the
     * log goes: what others do is not its concern.
     */
    default long lastSequenceNaming(AccountId account) {
        List<Event> newest = events(EventQuery.everything(1).naming(account).newestFirst());
        return newest.isEmpty() ? 0 : newest.getFirst().sequence();
    }
}
