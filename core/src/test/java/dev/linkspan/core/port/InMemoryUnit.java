package dev.linkspan.core.port;

import dev.linkspan.core.account.AccessKey;
import dev.linkspan.core.account.Account;
import dev.linkspan.core.account.Password;
import dev.linkspan.core.account.Session;
import dev.linkspan.core.account.SignIn;
import dev.linkspan.core.event.Event;
import dev.linkspan.core.event.Fact;
import dev.linkspan.core.event.Origin;
import dev.linkspan.core.id.AccessKeyId;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.DhcpOptionsSetId;
import dev.linkspan.core.id.IdKind;
import dev.linkspan.core.id.InsightsAnalysisId;
import dev.linkspan.core.id.InsightsPathId;
import dev.linkspan.core.id.KeypairId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.id.ResourceId;
import dev.linkspan.core.id.RouteTableId;
import dev.linkspan.core.id.SecurityGroupId;
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
import dev.linkspan.core.peering.PeeringState.Dead;
import dev.linkspan.core.peering.PeeringState.Live;
import dev.linkspan.core.peering.PeeringState.PendingAcceptance;
import dev.linkspan.core.port.World.TagKey;
import dev.linkspan.core.routing.RouteTable;
import dev.linkspan.core.securitygroup.SecurityGroup;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.stream.Stream;

/** A change of a forked {@link World}; what a database would refuse by its constraints fails here as a bug too. */
final class InMemoryUnit extends InMemorySnapshot implements UnitOfWork {

    private final Origin origin;
    private final IntSupplier ids;

    InMemoryUnit(World fork, RegionName region, Instant now, Origin origin, IntSupplier ids) {
        super(fork, region, now);
        this.origin = origin;
        this.ids = ids;
    }

    @Override
    public Origin origin() {
        return origin;
    }

    @Override
    public <T extends ResourceId> T newId(IdKind<T> kind) {
        return kind.of(ids.getAsInt());
    }

    @Override
    public void save(Account account) {
        needs(
                account.email()
                        .flatMap(this::accountOf)
                        .map(other -> other.id().equals(account.id()))
                        .orElse(true),
                "account_email_once");
        world.accounts().put(account.id(), account);
    }

    @Override
    public void save(AccessKey key) {
        needs(world.accounts().has(key.owner()), "access_key_has_account");
        world.accessKeys().put(key.id(), key);
    }

    @Override
    public void delete(AccessKeyId id) {
        world.accessKeys().remove(id);
        world.sessions().removeIf(session -> session.signIn().equals(new SignIn.ByAccessKey(id)));
    }

    @Override
    public void save(Password password) {
        needs(world.accounts().has(password.owner()), "account_password_has_account");
        world.passwords().put(password.owner(), password);
    }

    @Override
    public void save(Session session) {
        needs(world.accounts().has(session.account()), "session_has_account");
        if (session.signIn() instanceof SignIn.ByAccessKey(AccessKeyId key)) {
            needs(world.accessKeys().has(key), "session_has_access_key");
        }
        world.sessions().put(session.id(), session);
    }

    @Override
    public void delete(SessionId id) {
        world.sessions().remove(id);
    }

    @Override
    public void deleteSessionsOf(AccountId account) {
        world.sessions().removeIf(session -> session.account().equals(account));
    }

    @Override
    public void deleteSessionsExpiredBy(Instant time) {
        world.sessions().removeIf(session -> !session.expiresAt().isAfter(time));
    }

    @Override
    public void saveFailedSubregion(SubregionName subregion, boolean failed) {
        if (failed) {
            cell.failedSubregions.put(subregion, now());
        } else {
            cell.failedSubregions.remove(subregion);
        }
    }

    @Override
    public void save(Net net) {
        needs(net.region().equals(region()), "net_in_region");
        needs(world.accounts().has(net.owner()), "net_has_account");
        cell.nets.put(net.id(), net);
    }

    @Override
    public void delete(NetId id) {
        needs(subnetsOf(id).isEmpty(), "subnet_has_net");
        needs(nicsOf(id).isEmpty(), "nic_has_net");
        needs(routeTablesOf(id).isEmpty(), "route_table_has_net");
        needs(securityGroupsOf(id).isEmpty(), "security_group_has_net");
        cell.nets.remove(id);
    }

    @Override
    public void save(DhcpOptionsSet set) {
        needs(world.accounts().has(set.owner()), "dhcp_options_set_has_account");
        cell.dhcpOptionsSets.put(set.id(), set);
    }

    @Override
    public void delete(DhcpOptionsSetId id) {
        cell.dhcpOptionsSets.remove(id);
    }

    @Override
    public void save(Keypair keypair) {
        needs(world.accounts().has(keypair.owner()), "keypair_has_account");
        needs(
                keypairNamed(keypair.owner(), keypair.name())
                        .map(other -> other.id().equals(keypair.id()))
                        .orElse(true),
                "keypair_one_name_per_account");
        cell.keypairs.put(keypair.id(), keypair);
    }

    @Override
    public void delete(KeypairId id) {
        cell.keypairs.remove(id);
    }

    @Override
    public void save(InsightsPath path) {
        needs(world.accounts().has(path.owner()), "insights_path_has_account");
        needs(
                path.clientToken()
                        .flatMap(token -> insightsPathByClientToken(path.owner(), token))
                        .map(other -> other.id().equals(path.id()))
                        .orElse(true),
                "insights_path_one_per_client_token");
        cell.insightsPaths.put(path.id(), path);
    }

    @Override
    public void delete(InsightsPathId id) {
        needs(insightsAnalysesOf(id).isEmpty(), "insights_analysis_has_path");
        cell.insightsPaths.remove(id);
    }

    @Override
    public void save(InsightsAnalysis analysis) {
        needs(world.accounts().has(analysis.owner()), "insights_analysis_has_account");
        needs(cell.insightsPaths.has(analysis.path()), "insights_analysis_has_path");
        needs(
                analysis.clientToken()
                        .flatMap(token -> insightsAnalysisByClientToken(analysis.owner(), token))
                        .map(other -> other.id().equals(analysis.id()))
                        .orElse(true),
                "insights_analysis_one_per_client_token");
        cell.insightsAnalyses.put(analysis.id(), analysis);
    }

    @Override
    public void delete(InsightsAnalysisId id) {
        cell.insightsAnalyses.remove(id);
    }

    @Override
    public void save(Subnet subnet) {
        needs(cell.nets.has(subnet.net()), "subnet_has_net");
        cell.subnets.put(subnet.id(), subnet);
    }

    @Override
    public void delete(SubnetId id) {
        needs(
                cell.vms
                        .where(vm -> vm.exists() && vm.subnet().equals(id))
                        .findAny()
                        .isEmpty(),
                "vm_has_subnet");
        needs(nicsOf(id).isEmpty(), "nic_has_subnet");
        needs(
                cell.routeTables
                        .where(table -> table.linkOf(id).isPresent())
                        .findAny()
                        .isEmpty(),
                "route_table_link_has_subnet");
        cell.subnets.remove(id);
    }

    @Override
    public void save(Vm vm) {
        needs(!vm.exists() || cell.subnets.has(vm.subnet()), "vm_has_subnet");
        cell.vms.put(vm.id(), vm);
    }

    @Override
    public void delete(VmId id) {
        needs(nicsOf(id).isEmpty(), "nic_link_has_vm");
        cell.vms.remove(id);
    }

    @Override
    public void save(Nic nic) {
        needs(cell.nets.has(nic.net()), "nic_has_net");
        needs(cell.subnets.has(nic.subnet()), "nic_has_subnet");
        needs(nic.groups().stream().allMatch(cell.securityGroups::has), "nic_group_has_security_group");
        needs(nic.link().map(link -> cell.vms.has(link.vm())).orElse(true), "nic_link_has_vm");
        Stream<Nic> neighbours =
                nicsOf(nic.subnet()).stream().filter(other -> !other.id().equals(nic.id()));
        needs(
                neighbours.allMatch(other -> Collections.disjoint(other.addresses(), nic.addresses())),
                "nic_address_one_per_subnet");
        cell.nics.put(nic.id(), nic);
    }

    @Override
    public void delete(NicId id) {
        cell.nics.remove(id);
    }

    @Override
    public void save(RouteTable table) {
        needs(cell.nets.has(table.net()), "route_table_has_net");
        List<RouteTable> others = routeTablesOf(table.net()).stream()
                .filter(other -> !other.id().equals(table.id()))
                .toList();
        needs(!table.main() || others.stream().noneMatch(RouteTable::main), "route_table_link_one_main_per_net");
        List<SubnetId> linked =
                table.links().stream().flatMap(link -> link.subnet().stream()).toList();
        needs(linked.stream().allMatch(cell.subnets::has), "route_table_link_has_subnet");
        needs(
                linked.stream()
                        .allMatch(subnet -> others.stream()
                                .noneMatch(other -> other.linkOf(subnet).isPresent())),
                "route_table_link_one_per_subnet");
        cell.routeTables.put(table.id(), table);
    }

    @Override
    public void delete(RouteTableId id) {
        cell.routeTables.remove(id);
    }

    @Override
    public void save(SecurityGroup group) {
        needs(cell.nets.has(group.net()), "security_group_has_net");
        needs(
                securityGroupsOf(group.net()).stream()
                        .allMatch(other ->
                                other.id().equals(group.id()) || !other.name().equals(group.name())),
                "security_group_one_name_per_net");
        cell.securityGroups.put(group.id(), group);
    }

    @Override
    public void delete(SecurityGroupId id) {
        needs(nicsIn(id).isEmpty(), "nic_group_has_security_group");
        cell.securityGroups.remove(id);
    }

    @Override
    public void save(NetPeering peering) {
        if (peering.recorded() instanceof Live) {
            List<NetPeering> others = livePeeringsBetween(
                            peering.source().net(), peering.accepter().net())
                    .stream()
                    .filter(other -> !other.id().equals(peering.id()))
                    .filter(other -> other.isActive() == peering.isActive())
                    .toList();
            needs(!peering.isActive() || others.isEmpty(), "net_peering_one_active_per_pair");
            needs(
                    peering.isActive()
                            || others.stream()
                                    .noneMatch(other -> other.source()
                                            .net()
                                            .equals(peering.source().net())),
                    "net_peering_one_pending_per_direction");
        }
        cell.netPeerings.put(peering.id(), peering);
    }

    @Override
    public void delete(NetPeeringId id) {
        cell.netPeerings.remove(id);
    }

    @Override
    public void save(Tag tag) {
        needs(world.accounts().has(tag.owner()), "tag_has_account");
        cell.tags.put(TagKey.of(tag), tag);
    }

    @Override
    public void delete(Tag tag) {
        cell.tags.remove(TagKey.of(tag));
    }

    @Override
    public void deleteTagsOf(ResourceId resource) {
        cell.tags.removeIf(tag -> tag.resource().equals(resource));
    }

    @Override
    public List<NetPeering> pendingPeeringsDueBy(Instant time, int limit) {
        return netPeerings(peering ->
                        peering.recorded() instanceof PendingAcceptance(Instant expiresAt) && !expiresAt.isAfter(time))
                .stream()
                .limit(limit)
                .toList();
    }

    @Override
    public List<NetPeering> deadPeeringsSince(Instant time, int limit) {
        return netPeerings(peering -> !diedAt(peering).isAfter(time)).stream()
                .sorted(Comparator.comparing(InMemoryUnit::diedAt))
                .limit(limit)
                .toList();
    }

    private static Instant diedAt(NetPeering peering) {
        return peering.recorded() instanceof Dead dead ? dead.since() : Instant.MAX;
    }

    @Override
    public List<Vm> vmsTerminatedBy(Instant time, int limit) {
        return cell.vms
                .where(vm ->
                        vm.state() == VmState.TERMINATED && !vm.stateSince().isAfter(time))
                .sorted(Comparator.comparing(Vm::stateSince)
                        .thenComparing(vm -> vm.id().value()))
                .limit(limit)
                .toList();
    }

    @Override
    public void record(Fact fact, Origin cause) {
        long sequence = lastSequence() + 1;
        cell.events.put(sequence, new Event(sequence, region(), now(), cause, fact));
        cell.lastSequence = sequence;
    }

    @Override
    public int forgetEventsBefore(Instant time, int limit) {
        List<Long> old = cell.events
                .where(event -> event.at().isBefore(time) && event.sequence() < cell.lastSequence)
                .limit(limit)
                .map(Event::sequence)
                .toList();
        old.forEach(cell.events::remove);
        return old.size();
    }

    private static void needs(boolean kept, String constraint) {
        if (!kept) {
            throw new IllegalStateException("BUG: the change breaks the constraint " + constraint);
        }
    }
}
