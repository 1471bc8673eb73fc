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
import dev.linkspan.core.port.World.Cell;
import dev.linkspan.core.routing.RouteTable;
import dev.linkspan.core.routing.RouteTarget;
import dev.linkspan.core.securitygroup.SecurityGroup;
import dev.linkspan.core.securitygroup.SecurityGroupHead;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A look at one Region of a {@link World}: every query is a filter over all rows. */
class InMemorySnapshot implements Snapshot {

    final World world;
    final Cell cell;
    private final RegionName region;
    private final Instant now;

    InMemorySnapshot(World world, RegionName region, Instant now) {
        this.world = world;
        this.cell = world.cell(region);
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
        return world.accounts().row(id);
    }

    @Override
    public List<Account> accounts() {
        return world.accounts()
                .where(_ -> true)
                .sorted(Comparator.comparing(Account::createdAt).thenComparing(Account::id))
                .toList();
    }

    @Override
    public Optional<Account> accountOf(EmailAddress email) {
        return world.accounts()
                .where(account -> account.email().equals(Optional.of(email)))
                .findFirst();
    }

    @Override
    public Optional<Password> password(AccountId owner) {
        return world.passwords().row(owner);
    }

    @Override
    public Optional<Session> session(SessionId id) {
        return world.sessions().row(id);
    }

    @Override
    public Optional<AccessKey> accessKey(AccessKeyId id) {
        return world.accessKeys().row(id);
    }

    @Override
    public List<AccessKey> accessKeys(AccountId owner) {
        return world.accessKeys()
                .where(key -> key.owner().equals(owner))
                .sorted(Comparator.comparing(AccessKey::createdAt)
                        .thenComparing(key -> key.id().value()))
                .toList();
    }

    @Override
    public Optional<Net> netOfAnyRegion(NetId id) {
        return world.cells().values().stream()
                .flatMap(any -> any.nets.row(id).stream())
                .findFirst();
    }

    @Override
    public Set<SubregionName> failedSubregions() {
        return Set.copyOf(cell.failedSubregions.keys());
    }

    @Override
    public Optional<Net> net(NetId id) {
        return cell.nets.row(id);
    }

    @Override
    public List<Net> nets(AccountId owner) {
        return nets(net -> net.owner().equals(owner));
    }

    @Override
    public List<NetId> netIds() {
        return nets(_ -> true).stream().map(Net::id).toList();
    }

    private List<Net> nets(Predicate<Net> predicate) {
        return inOrder(cell.nets.where(predicate), Net::createdAt, Net::id);
    }

    @Override
    public Optional<DhcpOptionsSet> dhcpOptionsSet(DhcpOptionsSetId id) {
        return cell.dhcpOptionsSets.row(id);
    }

    @Override
    public List<DhcpOptionsSet> dhcpOptionsSets(AccountId owner) {
        return cell.dhcpOptionsSets
                .where(set -> set.owner().equals(owner))
                .sorted(Comparator.comparing(DhcpOptionsSet::createdAt)
                        .thenComparing(set -> set.id().value()))
                .toList();
    }

    @Override
    public Optional<Keypair> keypair(KeypairId id) {
        return cell.keypairs.row(id);
    }

    @Override
    public Optional<Keypair> keypairNamed(AccountId owner, String name) {
        return keypairs(owner).stream()
                .filter(keypair -> keypair.name().equals(name))
                .findFirst();
    }

    @Override
    public List<Keypair> keypairs(AccountId owner) {
        return inOrder(cell.keypairs.where(keypair -> keypair.owner().equals(owner)), Keypair::createdAt, Keypair::id);
    }

    @Override
    public Optional<InsightsPath> insightsPath(InsightsPathId id) {
        return cell.insightsPaths.row(id);
    }

    @Override
    public Optional<InsightsPath> insightsPathByClientToken(AccountId owner, String clientToken) {
        return insightsPaths(owner).stream()
                .filter(path -> path.clientToken().equals(Optional.of(clientToken)))
                .findFirst();
    }

    @Override
    public List<InsightsPath> insightsPaths(AccountId owner) {
        return inOrder(
                cell.insightsPaths.where(path -> path.owner().equals(owner)),
                InsightsPath::createdAt,
                InsightsPath::id);
    }

    @Override
    public Optional<InsightsAnalysis> insightsAnalysis(InsightsAnalysisId id) {
        return cell.insightsAnalyses.row(id);
    }

    @Override
    public Optional<InsightsAnalysis> insightsAnalysisByClientToken(AccountId owner, String clientToken) {
        return insightsAnalyses(owner).stream()
                .filter(analysis -> analysis.clientToken().equals(Optional.of(clientToken)))
                .findFirst();
    }

    @Override
    public List<InsightsAnalysis> insightsAnalyses(AccountId owner) {
        return inOrder(
                cell.insightsAnalyses.where(analysis -> analysis.owner().equals(owner)),
                InsightsAnalysis::startedAt,
                InsightsAnalysis::id);
    }

    @Override
    public List<InsightsAnalysis> insightsAnalysesOf(InsightsPathId path) {
        return inOrder(
                cell.insightsAnalyses.where(analysis -> analysis.path().equals(path)),
                InsightsAnalysis::startedAt,
                InsightsAnalysis::id);
    }

    @Override
    public int countInsightsAnalyses(AccountId owner) {
        return insightsAnalyses(owner).size();
    }

    @Override
    public Optional<Subnet> subnet(SubnetId id) {
        return cell.subnets.row(id);
    }

    @Override
    public List<Subnet> subnets(AccountId owner) {
        return subnets(subnet -> subnet.owner().equals(owner));
    }

    @Override
    public List<Subnet> subnetsOf(NetId net) {
        return subnets(subnet -> subnet.net().equals(net));
    }

    private List<Subnet> subnets(Predicate<Subnet> predicate) {
        return inOrder(cell.subnets.where(predicate), Subnet::createdAt, Subnet::id);
    }

    @Override
    public Optional<Vm> vm(VmId id) {
        return cell.vms.row(id);
    }

    @Override
    public List<Vm> vms(AccountId owner) {
        return vms(vm -> vm.owner().equals(owner));
    }

    @Override
    public List<Vm> vmsOf(NetId net) {
        return vms(vm -> vm.net().equals(net));
    }

    @Override
    public List<Vm> vmsByClientToken(AccountId owner, String clientToken) {
        return vms(vm -> vm.owner().equals(owner) && vm.clientToken().equals(Optional.of(clientToken)));
    }

    @Override
    public boolean hasVm(NetId net) {
        return vmsOf(net).stream().anyMatch(Vm::exists);
    }

    private List<Vm> vms(Predicate<Vm> predicate) {
        return inOrder(cell.vms.where(predicate), Vm::createdAt, Vm::id);
    }

    @Override
    public Optional<Nic> nic(NicId id) {
        return cell.nics.row(id);
    }

    @Override
    public Optional<Nic> nicOfLink(NicLinkId id) {
        return nics(nic -> nic.link().filter(link -> link.id().equals(id)).isPresent()).stream()
                .findFirst();
    }

    @Override
    public List<Nic> nics(AccountId owner) {
        return nics(nic -> nic.owner().equals(owner));
    }

    @Override
    public List<Nic> nicsOf(NetId net) {
        return nics(nic -> nic.net().equals(net));
    }

    @Override
    public List<Nic> nicsOf(SubnetId subnet) {
        return nics(nic -> nic.subnet().equals(subnet));
    }

    @Override
    public List<Nic> nicsOf(VmId vm) {
        return nics(nic -> nic.isLinkedTo(vm));
    }

    @Override
    public List<Nic> nicsIn(SecurityGroupId group) {
        return nics(nic -> nic.groups().contains(group));
    }

    private List<Nic> nics(Predicate<Nic> predicate) {
        return inOrder(cell.nics.where(predicate), Nic::createdAt, Nic::id);
    }

    @Override
    public Optional<RouteTable> routeTable(RouteTableId id) {
        return cell.routeTables.row(id);
    }

    @Override
    public Optional<AccountId> ownerOf(RouteTableId id) {
        return routeTable(id).map(RouteTable::owner);
    }

    @Override
    public Optional<RouteTable> routeTableOfLink(RouteTableLinkId id) {
        return routeTables(table -> table.link(id).isPresent()).stream().findFirst();
    }

    @Override
    public Optional<RouteTable> routeTableByClientToken(AccountId owner, String clientToken) {
        return routeTables(table ->
                        table.owner().equals(owner) && table.clientToken().equals(Optional.of(clientToken)))
                .stream()
                .findFirst();
    }

    @Override
    public List<RouteTable> routeTables(AccountId owner) {
        return routeTables(table -> table.owner().equals(owner));
    }

    @Override
    public List<RouteTable> routeTablesOf(NetId net) {
        return routeTables(table -> table.net().equals(net));
    }

    @Override
    public List<RouteTable> routeTablesNaming(NetPeeringId peering) {
        RouteTarget target = new RouteTarget.Peering(peering);
        return routeTables(table ->
                table.routes().stream().anyMatch(route -> route.target().equals(target)));
    }

    private List<RouteTable> routeTables(Predicate<RouteTable> predicate) {
        return inOrder(cell.routeTables.where(predicate), RouteTable::createdAt, RouteTable::id);
    }

    @Override
    public Optional<SecurityGroup> securityGroup(SecurityGroupId id) {
        return cell.securityGroups.row(id);
    }

    @Override
    public Optional<SecurityGroup> securityGroupOf(SecurityGroupRuleId rule) {
        return securityGroups(group -> group.rule(rule).isPresent()).stream()
                .findFirst()
                .map(group -> group.withRules(group.rule(rule).stream().toList()));
    }

    @Override
    public Optional<SecurityGroupHead> securityGroupHead(SecurityGroupId id) {
        return securityGroup(id).map(SecurityGroupHead::of);
    }

    @Override
    public Optional<SecurityGroupHead> securityGroupHead(NetId net, String name) {
        return securityGroupsOf(net).stream()
                .filter(group -> group.name().equals(name))
                .findFirst()
                .map(SecurityGroupHead::of);
    }

    @Override
    public List<SecurityGroup> securityGroups(AccountId owner) {
        return securityGroups(group -> group.owner().equals(owner));
    }

    @Override
    public List<SecurityGroup> securityGroupsOf(NetId net) {
        return securityGroups(group -> group.net().equals(net));
    }

    @Override
    public List<SecurityGroupHead> securityGroupsNaming(SecurityGroupId named) {
        return securityGroups(group -> group.names(named)).stream()
                .map(SecurityGroupHead::of)
                .toList();
    }

    private List<SecurityGroup> securityGroups(Predicate<SecurityGroup> predicate) {
        return inOrder(cell.securityGroups.where(predicate), SecurityGroup::createdAt, SecurityGroup::id);
    }

    @Override
    public Optional<NetPeering> netPeering(NetPeeringId id) {
        return cell.netPeerings.row(id);
    }

    @Override
    public List<NetPeering> netPeerings(NetPeeringQuery query) {
        return PeeringPage.of(cell.netPeerings.where(_ -> true), query, now);
    }

    @Override
    public List<NetPeering> livePeeringsOf(NetId net) {
        return netPeerings(peering -> recordedLive(peering) && peering.connects(net));
    }

    @Override
    public List<NetPeering> livePeeringsBetween(NetId one, NetId other) {
        return netPeerings(peering -> recordedLive(peering) && peering.connects(one) && peering.connects(other));
    }

    @Override
    public Map<PeeringStateName, Long> countPeerings() {
        return netPeerings(peering -> peering.visibleAt(now)).stream()
                .collect(Collectors.groupingBy(peering -> peering.stateAt(now).name(), Collectors.counting()));
    }

    @Override
    public Map<VmState, Long> countVms() {
        return vms(vm -> vm.visibleAt(now)).stream().collect(Collectors.groupingBy(Vm::state, Collectors.counting()));
    }

    @Override
    public int countActivePeerings(NetId net) {
        return netPeerings(peering -> peering.isActive() && peering.connects(net))
                .size();
    }

    @Override
    public int countOutstandingRequests(AccountId requester) {
        return netPeerings(peering -> peering.source().owner().equals(requester)
                        && peering.stateAt(now) instanceof PeeringState.PendingAcceptance)
                .size();
    }

    @Override
    public int countDeadRequests(AccountId requester) {
        return netPeerings(peering -> peering.source().owner().equals(requester)
                        && peering.visibleAt(now)
                        && peering.stateAt(now) instanceof PeeringState.Dead)
                .size();
    }

    @Override
    public int count(AccountId owner, Countable what) {
        return switch (what) {
            case NETS -> nets(owner).size();
            case VMS -> vms(vm -> vm.owner().equals(owner) && vm.exists()).size();
            case NICS -> nics(owner).size();
            case DHCP_OPTIONS_SETS -> dhcpOptionsSets(owner).size();
            case KEYPAIRS -> keypairs(owner).size();
            case ACCESS_KEYS -> accessKeys(owner).size();
            case TAGS -> tags(owner).size();
        };
    }

    List<NetPeering> netPeerings(Predicate<NetPeering> predicate) {
        return inOrder(cell.netPeerings.where(predicate), NetPeering::createdAt, NetPeering::id);
    }

    private static boolean recordedLive(NetPeering peering) {
        return peering.recorded() instanceof PeeringState.Live;
    }

    @Override
    public List<Tag> tags(AccountId owner, Collection<? extends ResourceId> resources) {
        Set<String> wanted = resources.stream().map(ResourceId::value).collect(Collectors.toCollection(HashSet::new));
        return tags(owner).stream()
                .filter(tag -> wanted.contains(tag.resource().value()))
                .toList();
    }

    @Override
    public List<ResourceId> taggedResources(AccountId owner) {
        return tags(owner).stream().map(Tag::resource).distinct().toList();
    }

    @Override
    public List<Tag> tags(AccountId owner) {
        return cell.tags
                .where(tag -> tag.owner().equals(owner))
                .sorted(Comparator.comparing((Tag tag) -> tag.resource().value())
                        .thenComparing(Tag::key))
                .toList();
    }

    @Override
    public List<Event> events(long after, int limit) {
        return cell.events.where(event -> event.sequence() > after).limit(limit).toList();
    }

    @Override
    public List<Event> events(EventQuery query) {
        List<Event> matching = cell.events.where(query::matches).toList();
        return switch (query.order()) {
            case OLDEST_FIRST -> matching.stream().limit(query.limit()).toList();
            case NEWEST_FIRST ->
                matching.reversed().stream().limit(query.limit()).toList();
        };
    }

    @Override
    public long lastSequence() {
        return cell.lastSequence;
    }

    @Override
    public long firstSequence() {
        return cell.events.where(_ -> true).findFirst().map(Event::sequence).orElse(cell.lastSequence + 1);
    }

    private static <T, I extends ResourceId> List<T> inOrder(
            Stream<T> rows, Function<T, Instant> createdAt, Function<T, I> id) {
        return rows.sorted(Comparator.comparing(createdAt)
                        .thenComparing(row -> id.apply(row).value()))
                .toList();
    }
}
