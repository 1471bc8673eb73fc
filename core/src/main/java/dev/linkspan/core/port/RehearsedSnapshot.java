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
import dev.linkspan.core.peering.PeeringState;
import dev.linkspan.core.peering.PeeringStateName;
import dev.linkspan.core.routing.RouteTable;
import dev.linkspan.core.routing.RouteTarget;
import dev.linkspan.core.securitygroup.SecurityGroup;
import dev.linkspan.core.securitygroup.SecurityGroupHead;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What would be true after the changes of a rehearsal: what is true, with what they made and removed laid over it. */
class RehearsedSnapshot implements Snapshot {

    final Snapshot truth;
    final Overlay<AccountId, Account> accounts = Overlay.of(Account::id, by(Account::createdAt, Account::id));
    final Overlay<AccessKeyId, AccessKey> accessKeys =
            Overlay.of(AccessKey::id, by(AccessKey::createdAt, key -> key.id().value()));
    final Overlay<AccountId, Password> passwords =
            Overlay.of(Password::owner, by(Password::changedAt, Password::owner));
    final Overlay<SessionId, Session> sessions = Overlay.of(
            Session::id, by(Session::openedAt, session -> session.id().value()));
    final Overlay<NetId, Net> nets = of(Net::id, Net::createdAt);
    final Overlay<DhcpOptionsSetId, DhcpOptionsSet> dhcpOptionsSets = of(DhcpOptionsSet::id, DhcpOptionsSet::createdAt);
    final Overlay<KeypairId, Keypair> keypairs = of(Keypair::id, Keypair::createdAt);
    final Overlay<InsightsPathId, InsightsPath> paths = of(InsightsPath::id, InsightsPath::createdAt);
    final Overlay<InsightsAnalysisId, InsightsAnalysis> analyses =
            of(InsightsAnalysis::id, InsightsAnalysis::startedAt);
    final Overlay<SubnetId, Subnet> subnets = of(Subnet::id, Subnet::createdAt);
    final Overlay<VmId, Vm> vms = of(Vm::id, Vm::createdAt);
    final Overlay<NicId, Nic> nics = of(Nic::id, Nic::createdAt);
    final Overlay<RouteTableId, RouteTable> routeTables = of(RouteTable::id, RouteTable::createdAt);
    final Overlay<SecurityGroupId, SecurityGroup> securityGroups = of(SecurityGroup::id, SecurityGroup::createdAt);
    final Overlay<NetPeeringId, NetPeering> peerings = of(NetPeering::id, NetPeering::createdAt);
    final Overlay<TagKey, Tag> tags = Overlay.of(
            TagKey::of,
            Comparator.comparing((Tag tag) -> tag.resource().value()).thenComparing(Tag::key));

    /** Resources whose tags went with them. */
    final Set<ResourceId> untagged = new HashSet<>();

    final Map<SubregionName, Boolean> failures = new HashMap<>();

    /** What a tag is told from others by. */
    record TagKey(ResourceId resource, AccountId owner, String key) {

        static TagKey of(Tag tag) {
            return new TagKey(tag.resource(), tag.owner(), tag.key());
        }
    }

    RehearsedSnapshot(Snapshot truth) {
        this.truth = truth;
    }

    private static <I extends ResourceId, T> Overlay<I, T> of(Function<T, I> id, Function<T, Instant> createdAt) {
        return Overlay.of(id, by(createdAt, it -> id.apply(it).value()));
    }

    private static <T, U extends Comparable<? super U>> Comparator<T> by(
            Function<T, Instant> createdAt, Function<T, U> id) {
        return Comparator.comparing(createdAt).thenComparing(id);
    }

    @Override
    public RegionName region() {
        return truth.region();
    }

    @Override
    public Instant now() {
        return truth.now();
    }

    @Override
    public Optional<Account> account(AccountId id) {
        return accounts.one(id, truth::account);
    }

    @Override
    public List<Account> accounts() {
        return accounts.some(truth.accounts(), _ -> true);
    }

    @Override
    public Optional<Account> accountOf(EmailAddress email) {
        return accounts.only(it -> it.email().equals(Optional.of(email)), () -> truth.accountOf(email));
    }

    @Override
    public Optional<Password> password(AccountId owner) {
        return passwords.one(owner, truth::password);
    }

    @Override
    public Optional<Session> session(SessionId id) {
        return sessions.one(id, truth::session);
    }

    @Override
    public Optional<AccessKey> accessKey(AccessKeyId id) {
        return accessKeys.one(id, truth::accessKey);
    }

    @Override
    public List<AccessKey> accessKeys(AccountId owner) {
        return accessKeys.some(truth.accessKeys(owner), it -> it.owner().equals(owner));
    }

    @Override
    public Optional<Net> netOfAnyRegion(NetId id) {
        return nets.one(id, truth::netOfAnyRegion);
    }

    @Override
    public Set<SubregionName> failedSubregions() {
        Set<SubregionName> failed = new HashSet<>(truth.failedSubregions());
        failures.forEach((subregion, fails) -> {
            if (fails) {
                failed.add(subregion);
            } else {
                failed.remove(subregion);
            }
        });
        return Set.copyOf(failed);
    }

    @Override
    public Optional<Net> net(NetId id) {
        return nets.one(id, truth::net);
    }

    @Override
    public List<Net> nets(AccountId owner) {
        return nets.some(truth.nets(owner), it -> it.owner().equals(owner));
    }

    @Override
    public List<NetId> netIds() {
        return Stream.concat(
                        truth.netIds().stream().filter(id -> !nets.covers(id)),
                        nets.values().map(Net::id))
                .toList();
    }

    @Override
    public Optional<DhcpOptionsSet> dhcpOptionsSet(DhcpOptionsSetId id) {
        return dhcpOptionsSets.one(id, truth::dhcpOptionsSet);
    }

    @Override
    public List<DhcpOptionsSet> dhcpOptionsSets(AccountId owner) {
        return dhcpOptionsSets.some(
                truth.dhcpOptionsSets(owner), it -> it.owner().equals(owner));
    }

    @Override
    public Optional<Keypair> keypair(KeypairId id) {
        return keypairs.one(id, truth::keypair);
    }

    @Override
    public List<Keypair> keypairs(AccountId owner) {
        return keypairs.some(truth.keypairs(owner), it -> it.owner().equals(owner));
    }

    @Override
    public Optional<Keypair> keypairNamed(AccountId owner, String name) {
        return keypairs.only(
                it -> it.owner().equals(owner) && it.name().equals(name), () -> truth.keypairNamed(owner, name));
    }

    @Override
    public Optional<InsightsPath> insightsPath(InsightsPathId id) {
        return paths.one(id, truth::insightsPath);
    }

    @Override
    public List<InsightsPath> insightsPaths(AccountId owner) {
        return paths.some(truth.insightsPaths(owner), it -> it.owner().equals(owner));
    }

    @Override
    public Optional<InsightsPath> insightsPathByClientToken(AccountId owner, String clientToken) {
        return paths.only(
                it -> it.owner().equals(owner) && it.clientToken().equals(Optional.of(clientToken)),
                () -> truth.insightsPathByClientToken(owner, clientToken));
    }

    @Override
    public Optional<InsightsAnalysis> insightsAnalysis(InsightsAnalysisId id) {
        return analyses.one(id, truth::insightsAnalysis);
    }

    @Override
    public List<InsightsAnalysis> insightsAnalyses(AccountId owner) {
        return analyses.some(truth.insightsAnalyses(owner), it -> it.owner().equals(owner));
    }

    @Override
    public Optional<InsightsAnalysis> insightsAnalysisByClientToken(AccountId owner, String clientToken) {
        return analyses.only(
                it -> it.owner().equals(owner) && it.clientToken().equals(Optional.of(clientToken)),
                () -> truth.insightsAnalysisByClientToken(owner, clientToken));
    }

    @Override
    public List<InsightsAnalysis> insightsAnalysesOf(InsightsPathId path) {
        return analyses.some(truth.insightsAnalysesOf(path), it -> it.path().equals(path));
    }

    @Override
    public int countInsightsAnalyses(AccountId owner) {
        return insightsAnalyses(owner).size();
    }

    @Override
    public Optional<Subnet> subnet(SubnetId id) {
        return subnets.one(id, truth::subnet);
    }

    @Override
    public List<Subnet> subnets(AccountId owner) {
        return subnets.some(truth.subnets(owner), it -> it.owner().equals(owner));
    }

    @Override
    public List<Subnet> subnetsOf(NetId net) {
        return subnets.some(truth.subnetsOf(net), it -> it.net().equals(net));
    }

    @Override
    public Optional<Vm> vm(VmId id) {
        return vms.one(id, truth::vm);
    }

    @Override
    public List<Vm> vms(AccountId owner) {
        return vms.some(truth.vms(owner), it -> it.owner().equals(owner));
    }

    @Override
    public List<Vm> vmsOf(NetId net) {
        return vms.some(truth.vmsOf(net), it -> it.net().equals(net));
    }

    @Override
    public List<Vm> vmsByClientToken(AccountId owner, String clientToken) {
        return vms.some(
                truth.vmsByClientToken(owner, clientToken),
                it -> it.owner().equals(owner) && it.clientToken().equals(Optional.of(clientToken)));
    }

    @Override
    public boolean hasVm(NetId net) {
        return vms.changed().isEmpty() ? truth.hasVm(net) : vmsOf(net).stream().anyMatch(Vm::exists);
    }

    @Override
    public Optional<Nic> nic(NicId id) {
        return nics.one(id, truth::nic);
    }

    @Override
    public List<Nic> nics(AccountId owner) {
        return nics.some(truth.nics(owner), it -> it.owner().equals(owner));
    }

    @Override
    public Optional<Nic> nicOfLink(NicLinkId id) {
        return nics.only(it -> it.link().filter(link -> link.id().equals(id)).isPresent(), () -> truth.nicOfLink(id));
    }

    @Override
    public List<Nic> nicsOf(NetId net) {
        return nics.some(truth.nicsOf(net), it -> it.net().equals(net));
    }

    @Override
    public List<Nic> nicsOf(SubnetId subnet) {
        return nics.some(truth.nicsOf(subnet), it -> it.subnet().equals(subnet));
    }

    @Override
    public List<Nic> nicsOf(VmId vm) {
        return nics.some(truth.nicsOf(vm), it -> it.isLinkedTo(vm));
    }

    @Override
    public List<Nic> nicsIn(SecurityGroupId group) {
        return nics.some(truth.nicsIn(group), it -> it.groups().contains(group));
    }

    @Override
    public Optional<RouteTable> routeTable(RouteTableId id) {
        return routeTables.one(id, truth::routeTable);
    }

    @Override
    public List<RouteTable> routeTables(AccountId owner) {
        return routeTables.some(truth.routeTables(owner), it -> it.owner().equals(owner));
    }

    @Override
    public Optional<AccountId> ownerOf(RouteTableId id) {
        return routeTables.covers(id) ? routeTable(id).map(RouteTable::owner) : truth.ownerOf(id);
    }

    @Override
    public Optional<RouteTable> routeTableOfLink(RouteTableLinkId id) {
        return routeTables.only(it -> it.link(id).isPresent(), () -> truth.routeTableOfLink(id));
    }

    @Override
    public List<RouteTable> routeTablesOf(NetId net) {
        return routeTables.some(truth.routeTablesOf(net), it -> it.net().equals(net));
    }

    @Override
    public Optional<RouteTable> routeTableByClientToken(AccountId owner, String clientToken) {
        return routeTables.only(
                it -> it.owner().equals(owner) && it.clientToken().equals(Optional.of(clientToken)),
                () -> truth.routeTableByClientToken(owner, clientToken));
    }

    @Override
    public List<RouteTable> routeTablesNaming(NetPeeringId peering) {
        RouteTarget target = new RouteTarget.Peering(peering);
        return routeTables.some(
                truth.routeTablesNaming(peering),
                it -> it.routes().stream().anyMatch(route -> route.target().equals(target)));
    }

    @Override
    public Optional<SecurityGroup> securityGroup(SecurityGroupId id) {
        return securityGroups.one(id, truth::securityGroup);
    }

    @Override
    public List<SecurityGroup> securityGroups(AccountId owner) {
        return securityGroups.some(truth.securityGroups(owner), it -> it.owner().equals(owner));
    }

    @Override
    public Optional<SecurityGroup> securityGroupOf(SecurityGroupRuleId rule) {
        return securityGroups
                .only(it -> it.rule(rule).isPresent(), () -> truth.securityGroupOf(rule))
                .map(group -> group.withRules(group.rule(rule).stream().toList()));
    }

    @Override
    public Optional<SecurityGroupHead> securityGroupHead(SecurityGroupId id) {
        return securityGroups.covers(id) ? securityGroup(id).map(SecurityGroupHead::of) : truth.securityGroupHead(id);
    }

    @Override
    public Optional<SecurityGroupHead> securityGroupHead(NetId net, String name) {
        return securityGroups
                .values()
                .filter(it -> it.net().equals(net) && it.name().equals(name))
                .findFirst()
                .map(SecurityGroupHead::of)
                .or(() -> truth.securityGroupHead(net, name).filter(it -> !securityGroups.covers(it.id())));
    }

    @Override
    public List<SecurityGroup> securityGroupsOf(NetId net) {
        return securityGroups.some(truth.securityGroupsOf(net), it -> it.net().equals(net));
    }

    @Override
    public List<SecurityGroupHead> securityGroupsNaming(SecurityGroupId group) {
        return Stream.concat(
                        truth.securityGroupsNaming(group).stream().filter(it -> !securityGroups.covers(it.id())),
                        securityGroups.values().filter(it -> it.names(group)).map(SecurityGroupHead::of))
                .toList();
    }

    @Override
    public Optional<NetPeering> netPeering(NetPeeringId id) {
        return peerings.one(id, truth::netPeering);
    }

    @Override
    public List<NetPeering> netPeerings(NetPeeringQuery query) {
        if (peerings.changed().isEmpty()) {
            return truth.netPeerings(query);
        }
        Stream<NetPeering> made = peerings.values()
                .filter(it -> query.matches(it, now()))
                .filter(it -> query.after()
                        .map(after -> NetPeeringQuery.Position.of(it, now()).compareTo(after) > 0)
                        .orElse(true));
        return Stream.concat(untouched(query), made)
                .sorted(Comparator.comparing(it -> NetPeeringQuery.Position.of(it, now())))
                .limit(query.limit())
                .toList();
    }

    @Override
    public List<NetPeering> livePeeringsOf(NetId net) {
        return peerings.some(truth.livePeeringsOf(net), it -> isLive(it) && it.connects(net));
    }

    @Override
    public List<NetPeering> livePeeringsBetween(NetId one, NetId other) {
        return peerings.some(
                truth.livePeeringsBetween(one, other), it -> isLive(it) && it.connects(one) && it.connects(other));
    }

    /** A page of those that were not touched: as many more are asked for as might have been. */
    private Stream<NetPeering> untouched(NetPeeringQuery query) {
        int limit = (int) Math.min(
                Integer.MAX_VALUE, (long) query.limit() + peerings.changed().size());
        return truth.netPeerings(query.atMost(limit)).stream().filter(it -> !peerings.covers(it.id()));
    }

    private static boolean isLive(NetPeering peering) {
        return peering.recorded() instanceof PeeringState.Live;
    }

    @Override
    public Map<PeeringStateName, Long> countPeerings() {
        return truth.countPeerings();
    }

    @Override
    public Map<VmState, Long> countVms() {
        return truth.countVms();
    }

    @Override
    public int countActivePeerings(NetId net) {
        return peerings.changed().isEmpty()
                ? truth.countActivePeerings(net)
                : (int) livePeeringsOf(net).stream()
                        .filter(NetPeering::isActive)
                        .count();
    }

    @Override
    public int countOutstandingRequests(AccountId requester) {
        return truth.countOutstandingRequests(requester)
                + difference(
                        peerings,
                        truth::netPeering,
                        it -> isOf(it, requester) && it.stateAt(now()) instanceof PeeringState.PendingAcceptance);
    }

    @Override
    public int countDeadRequests(AccountId requester) {
        return truth.countDeadRequests(requester)
                + difference(
                        peerings,
                        truth::netPeering,
                        it -> isOf(it, requester)
                                && it.visibleAt(now())
                                && it.stateAt(now()) instanceof PeeringState.Dead);
    }

    private static boolean isOf(NetPeering peering, AccountId requester) {
        return peering.source().owner().equals(requester);
    }

    @Override
    public int count(AccountId owner, Countable what) {
        int difference = switch (what) {
            case NETS -> difference(nets, truth::net, it -> it.owner().equals(owner));
            case VMS -> difference(vms, truth::vm, it -> it.owner().equals(owner) && it.exists());
            case NICS -> difference(nics, truth::nic, it -> it.owner().equals(owner));
            case DHCP_OPTIONS_SETS ->
                difference(
                        dhcpOptionsSets, truth::dhcpOptionsSet, it -> it.owner().equals(owner));
            case KEYPAIRS ->
                difference(keypairs, truth::keypair, it -> it.owner().equals(owner));
            case ACCESS_KEYS ->
                difference(accessKeys, truth::accessKey, it -> it.owner().equals(owner));
            case TAGS -> difference(tags, this::trueTag, it -> it.owner().equals(owner));
        };
        return truth.count(owner, what) + difference;
    }

    /** How many more match than did. */
    private static <I, T> int difference(Overlay<I, T> overlay, Function<I, Optional<T>> truth, Predicate<T> matching) {
        long before = overlay.changed().keySet().stream()
                .flatMap(id -> truth.apply(id).stream())
                .filter(matching)
                .count();
        return Math.toIntExact(overlay.values().filter(matching).count() - before);
    }

    private Optional<Tag> trueTag(TagKey key) {
        return truth.tags(key.owner(), List.of(key.resource())).stream()
                .filter(tag -> tag.key().equals(key.key()))
                .findFirst();
    }

    @Override
    public List<Tag> tags(AccountId owner, Collection<? extends ResourceId> resources) {
        Set<ResourceId> wanted = Set.copyOf(resources);
        List<ResourceId> still =
                wanted.stream().filter(it -> !untagged.contains(it)).toList();
        return tags.some(truth.tags(owner, still), it -> it.owner().equals(owner) && wanted.contains(it.resource()));
    }

    @Override
    public List<Tag> tags(AccountId owner) {
        List<Tag> still = truth.tags(owner).stream()
                .filter(it -> !untagged.contains(it.resource()))
                .toList();
        return tags.some(still, it -> it.owner().equals(owner));
    }

    @Override
    public List<ResourceId> taggedResources(AccountId owner) {
        return tags(owner).stream().map(Tag::resource).distinct().toList();
    }

    @Override
    public List<Event> events(long after, int limit) {
        return truth.events(after, limit);
    }

    @Override
    public List<Event> events(EventQuery query) {
        return truth.events(query);
    }

    @Override
    public long firstSequence() {
        return truth.firstSequence();
    }

    @Override
    public long lastSequence() {
        return truth.lastSequence();
    }
}
