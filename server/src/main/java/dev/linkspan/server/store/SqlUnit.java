package dev.linkspan.server.store;

import dev.linkspan.core.account.AccessKey;
import dev.linkspan.core.account.Account;
import dev.linkspan.core.account.Password;
import dev.linkspan.core.account.Session;
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
import dev.linkspan.core.peering.NetPeering;
import dev.linkspan.core.port.UnitOfWork;
import dev.linkspan.core.routing.RouteTable;
import dev.linkspan.core.securitygroup.SecurityGroup;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** One change on the writer's connection. */
final class SqlUnit extends SqlSnapshot implements UnitOfWork {

    private final Origin origin;
    private final NewIds ids;

    SqlUnit(Handle handle, RegionName region, Instant now, SecretBox secrets, Origin origin) {
        super(handle, region, now, secrets);
        this.origin = origin;
        this.ids = new NewIds(handle);
    }

    @Override
    public Origin origin() {
        return origin;
    }

    @Override
    public <T extends ResourceId> T newId(IdKind<T> kind) {
        return ids.next(kind);
    }

    @Override
    public void saveFailedSubregion(SubregionName subregion, boolean failed) {
        if (failed) {
            subregions.fail(subregion, now());
        } else {
            subregions.heal(subregion);
        }
    }

    @Override
    public void save(Net net) {
        if (!net.region().equals(region())) {
            throw new IllegalStateException("BUG: %s is not of the Region %s".formatted(net, region()));
        }
        nets.save(net);
    }

    @Override
    public void save(Account account) {
        accounts.save(account);
    }

    @Override
    public void save(AccessKey key) {
        accessKeys.save(key);
    }

    @Override
    public void delete(AccessKeyId id) {
        accessKeys.delete(id);
    }

    @Override
    public void save(Password password) {
        passwords.save(password);
    }

    @Override
    public void save(Session session) {
        sessions.save(session);
    }

    @Override
    public void delete(SessionId id) {
        sessions.delete(id);
    }

    @Override
    public void deleteSessionsOf(AccountId account) {
        sessions.deleteOf(account);
    }

    @Override
    public void deleteSessionsExpiredBy(Instant time) {
        sessions.deleteExpiredBy(time);
    }

    @Override
    public void delete(NetId id) {
        nets.delete(id);
    }

    @Override
    public void save(DhcpOptionsSet set) {
        dhcpOptionsSets.save(set);
    }

    @Override
    public void delete(DhcpOptionsSetId id) {
        dhcpOptionsSets.delete(id);
    }

    @Override
    public void save(Keypair keypair) {
        keypairs.save(keypair);
    }

    @Override
    public void delete(KeypairId id) {
        keypairs.delete(id);
    }

    @Override
    public void save(InsightsPath path) {
        insightsPaths.save(path);
    }

    @Override
    public void delete(InsightsPathId id) {
        insightsPaths.delete(id);
    }

    @Override
    public void save(InsightsAnalysis analysis) {
        insightsAnalyses.save(analysis);
    }

    @Override
    public void delete(InsightsAnalysisId id) {
        insightsAnalyses.delete(id);
    }

    @Override
    public void save(Subnet subnet) {
        subnets.save(subnet);
    }

    @Override
    public void delete(SubnetId id) {
        subnets.delete(id);
    }

    @Override
    public void save(Vm vm) {
        vms.save(vm);
    }

    @Override
    public void delete(VmId id) {
        vms.delete(id);
    }

    @Override
    public void save(Nic nic) {
        nics.save(nic);
    }

    @Override
    public void delete(NicId id) {
        nics.delete(id);
    }

    @Override
    public void save(RouteTable table) {
        routeTables.save(table);
    }

    @Override
    public void delete(RouteTableId id) {
        routeTables.delete(id);
    }

    @Override
    public void save(SecurityGroup group) {
        securityGroups.save(group);
    }

    @Override
    public void delete(SecurityGroupId id) {
        securityGroups.delete(id);
    }

    @Override
    public void save(NetPeering peering) {
        netPeerings.save(peering);
    }

    @Override
    public void delete(NetPeeringId id) {
        netPeerings.delete(id);
    }

    @Override
    public void save(Tag tag) {
        tags.save(tag);
    }

    @Override
    public void delete(Tag tag) {
        tags.delete(tag);
    }

    @Override
    public void deleteTagsOf(ResourceId resource) {
        tags.deleteAllOf(resource);
    }

    @Override
    public List<NetPeering> pendingPeeringsDueBy(Instant time, int limit) {
        return netPeerings.pendingDueBy(time, limit);
    }

    @Override
    public List<NetPeering> deadPeeringsSince(Instant time, int limit) {
        return netPeerings.deadSince(time, limit);
    }

    @Override
    public List<Vm> vmsTerminatedBy(Instant time, int limit) {
        return vms.terminatedBy(time, limit);
    }

    @Override
    public int forgetEventsBefore(Instant time, int limit) {
        return events.forgetBefore(time, limit);
    }

    @Override
    public void record(Fact fact, Origin cause) {
        events.append(fact, now(), cause);
    }
}
