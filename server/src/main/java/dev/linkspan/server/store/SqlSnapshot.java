package dev.linkspan.server.store;

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
import dev.linkspan.core.port.Countable;
import dev.linkspan.core.port.Snapshot;
import dev.linkspan.core.routing.RouteTable;
import dev.linkspan.core.securitygroup.SecurityGroup;
import dev.linkspan.core.securitygroup.SecurityGroupHead;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** One transaction's look at a Region: each family of rows answers for itself. */
class SqlSnapshot implements Snapshot {

    final Handle handle;
    final AccountRows accounts;
    final AccessKeyRows accessKeys;
    final PasswordRows passwords;
    final SessionRows sessions;
    final SubregionRows subregions;
    final NetRows nets;
    final DhcpOptionsSetRows dhcpOptionsSets;
    final KeypairRows keypairs;
    final InsightsPathRows insightsPaths;
    final InsightsAnalysisRows insightsAnalyses;
    final SubnetRows subnets;
    final VmRows vms;
    final NicRows nics;
    final RouteTableRows routeTables;
    final SecurityGroupRows securityGroups;
    final NetPeeringRows netPeerings;
    final TagRows tags;
    final EventRows events;
    private final RegionName region;
    private final Instant now;

    SqlSnapshot(Handle handle, RegionName region, Instant now, SecretBox secrets) {
        this.handle = handle;
        this.accounts = new AccountRows(handle);
        this.accessKeys = new AccessKeyRows(handle, secrets);
        this.passwords = new PasswordRows(handle);
        this.sessions = new SessionRows(handle);
        this.subregions = new SubregionRows(handle, region);
        this.nets = new NetRows(handle, region);
        this.dhcpOptionsSets = new DhcpOptionsSetRows(handle, region);
        this.keypairs = new KeypairRows(handle, region);
        this.insightsPaths = new InsightsPathRows(handle, region);
        this.insightsAnalyses = new InsightsAnalysisRows(handle, region);
        this.subnets = new SubnetRows(handle, region);
        this.vms = new VmRows(handle, region);
        this.nics = new NicRows(handle, region);
        this.routeTables = new RouteTableRows(handle, region);
        this.securityGroups = new SecurityGroupRows(handle, region);
        this.netPeerings = new NetPeeringRows(handle, region);
        this.tags = new TagRows(handle, region);
        this.events = new EventRows(handle, region);
        this.region = region;
        this.now = now;
    }

    @Override
    public RegionName region() {
        return region;
    }

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public Optional<Account> account(AccountId id) {
        return accounts.one(id);
    }

    @Override
    public List<Account> accounts() {
        return accounts.all();
    }

    @Override
    public Optional<Account> accountOf(EmailAddress email) {
        return accounts.of(email);
    }

    @Override
    public Optional<Password> password(AccountId owner) {
        return passwords.of(owner);
    }

    @Override
    public Optional<Session> session(SessionId id) {
        return sessions.one(id);
    }

    @Override
    public Optional<AccessKey> accessKey(AccessKeyId id) {
        return accessKeys.one(id);
    }

    @Override
    public List<AccessKey> accessKeys(AccountId owner) {
        return accessKeys.of(owner);
    }

    @Override
    public Optional<Net> netOfAnyRegion(NetId id) {
        return nets.ofAnyRegion(id);
    }

    @Override
    public Set<SubregionName> failedSubregions() {
        return subregions.failed();
    }

    @Override
    public Optional<Net> net(NetId id) {
        return nets.one(id);
    }

    @Override
    public List<Net> nets(AccountId owner) {
        return nets.of(owner);
    }

    @Override
    public List<NetId> netIds() {
        return nets.ids();
    }

    @Override
    public Optional<DhcpOptionsSet> dhcpOptionsSet(DhcpOptionsSetId id) {
        return dhcpOptionsSets.one(id);
    }

    @Override
    public List<DhcpOptionsSet> dhcpOptionsSets(AccountId owner) {
        return dhcpOptionsSets.of(owner);
    }

    @Override
    public Optional<Keypair> keypair(KeypairId id) {
        return keypairs.one(id);
    }

    @Override
    public Optional<Keypair> keypairNamed(AccountId owner, String name) {
        return keypairs.named(owner, name);
    }

    @Override
    public List<Keypair> keypairs(AccountId owner) {
        return keypairs.of(owner);
    }

    @Override
    public Optional<InsightsPath> insightsPath(InsightsPathId id) {
        return insightsPaths.one(id);
    }

    @Override
    public Optional<InsightsPath> insightsPathByClientToken(AccountId owner, String clientToken) {
        return insightsPaths.byClientToken(owner, clientToken);
    }

    @Override
    public List<InsightsPath> insightsPaths(AccountId owner) {
        return insightsPaths.of(owner);
    }

    @Override
    public Optional<InsightsAnalysis> insightsAnalysis(InsightsAnalysisId id) {
        return insightsAnalyses.one(id);
    }

    @Override
    public Optional<InsightsAnalysis> insightsAnalysisByClientToken(AccountId owner, String clientToken) {
        return insightsAnalyses.byClientToken(owner, clientToken);
    }

    @Override
    public List<InsightsAnalysis> insightsAnalyses(AccountId owner) {
        return insightsAnalyses.of(owner);
    }

    @Override
    public List<InsightsAnalysis> insightsAnalysesOf(InsightsPathId path) {
        return insightsAnalyses.of(path);
    }

    @Override
    public int countInsightsAnalyses(AccountId owner) {
        return insightsAnalyses.count(owner);
    }

    @Override
    public Optional<Subnet> subnet(SubnetId id) {
        return subnets.one(id);
    }

    @Override
    public List<Subnet> subnets(AccountId owner) {
        return subnets.of(owner);
    }

    @Override
    public List<Subnet> subnetsOf(NetId net) {
        return subnets.of(net);
    }

    @Override
    public Optional<Vm> vm(VmId id) {
        return vms.one(id);
    }

    @Override
    public List<Vm> vms(AccountId owner) {
        return vms.of(owner);
    }

    @Override
    public List<Vm> vmsOf(NetId net) {
        return vms.of(net);
    }

    @Override
    public List<Vm> vmsByClientToken(AccountId owner, String clientToken) {
        return vms.byClientToken(owner, clientToken);
    }

    @Override
    public boolean hasVm(NetId net) {
        return vms.anyExistsIn(net);
    }

    @Override
    public Optional<Nic> nic(NicId id) {
        return nics.one(id);
    }

    @Override
    public Optional<Nic> nicOfLink(NicLinkId id) {
        return nics.ofLink(id);
    }

    @Override
    public List<Nic> nics(AccountId owner) {
        return nics.of(owner);
    }

    @Override
    public List<Nic> nicsOf(NetId net) {
        return nics.of(net);
    }

    @Override
    public List<Nic> nicsOf(SubnetId subnet) {
        return nics.of(subnet);
    }

    @Override
    public List<Nic> nicsOf(VmId vm) {
        return nics.of(vm);
    }

    @Override
    public List<Nic> nicsIn(SecurityGroupId group) {
        return nics.in(group);
    }

    @Override
    public Optional<RouteTable> routeTable(RouteTableId id) {
        return routeTables.one(id);
    }

    @Override
    public Optional<AccountId> ownerOf(RouteTableId id) {
        return routeTables.ownerOf(id);
    }

    @Override
    public Optional<RouteTable> routeTableOfLink(RouteTableLinkId id) {
        return routeTables.ofLink(id);
    }

    @Override
    public Optional<RouteTable> routeTableByClientToken(AccountId owner, String clientToken) {
        return routeTables.byClientToken(owner, clientToken);
    }

    @Override
    public List<RouteTable> routeTables(AccountId owner) {
        return routeTables.of(owner);
    }

    @Override
    public List<RouteTable> routeTablesOf(NetId net) {
        return routeTables.of(net);
    }

    @Override
    public List<RouteTable> routeTablesNaming(NetPeeringId peering) {
        return routeTables.naming(peering);
    }

    @Override
    public Optional<SecurityGroup> securityGroup(SecurityGroupId id) {
        return securityGroups.one(id);
    }

    @Override
    public Optional<SecurityGroup> securityGroupOf(SecurityGroupRuleId rule) {
        return securityGroups.of(rule);
    }

    @Override
    public Optional<SecurityGroupHead> securityGroupHead(SecurityGroupId id) {
        return securityGroups.head(id);
    }

    @Override
    public Optional<SecurityGroupHead> securityGroupHead(NetId net, String name) {
        return securityGroups.head(net, name);
    }

    @Override
    public List<SecurityGroup> securityGroups(AccountId owner) {
        return securityGroups.of(owner);
    }

    @Override
    public List<SecurityGroup> securityGroupsOf(NetId net) {
        return securityGroups.of(net);
    }

    @Override
    public List<SecurityGroupHead> securityGroupsNaming(SecurityGroupId group) {
        return securityGroups.naming(group);
    }

    @Override
    public Optional<NetPeering> netPeering(NetPeeringId id) {
        return netPeerings.one(id);
    }

    @Override
    public List<NetPeering> netPeerings(NetPeeringQuery query) {
        return new NetPeeringSearch(handle, region, now, query).page();
    }

    @Override
    public List<NetPeering> livePeeringsOf(NetId net) {
        return netPeerings.liveOf(net);
    }

    @Override
    public List<NetPeering> livePeeringsBetween(NetId one, NetId other) {
        return netPeerings.liveBetween(one, other);
    }

    @Override
    public Map<PeeringStateName, Long> countPeerings() {
        return netPeerings.countVisible(now);
    }

    @Override
    public Map<VmState, Long> countVms() {
        return vms.countVisible(now);
    }

    @Override
    public int countActivePeerings(NetId net) {
        return netPeerings.countActive(net);
    }

    @Override
    public int countOutstandingRequests(AccountId requester) {
        return netPeerings.countOutstanding(requester, now);
    }

    @Override
    public int countDeadRequests(AccountId requester) {
        return new OwnedCounts(handle, region).deadRequests(requester, now);
    }

    @Override
    public int count(AccountId owner, Countable what) {
        return new OwnedCounts(handle, region).of(owner, what);
    }

    @Override
    public List<Tag> tags(AccountId owner, Collection<? extends ResourceId> resources) {
        return tags.of(owner, resources);
    }

    @Override
    public List<Tag> tags(AccountId owner) {
        return tags.of(owner);
    }

    @Override
    public List<ResourceId> taggedResources(AccountId owner) {
        return tags.resources(owner);
    }

    @Override
    public List<Event> events(long after, int limit) {
        return events.after(after, limit);
    }

    @Override
    public List<Event> events(EventQuery query) {
        return new EventSearch(handle, region, query).page();
    }

    @Override
    public long firstSequence() {
        return events.first();
    }

    @Override
    public long lastSequence() {
        return events.head().sequence();
    }
}
