package dev.linkspan.core.port;

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
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.core.routing.RouteTable;
import dev.linkspan.core.securitygroup.SecurityGroup;
import java.time.Instant;
import java.util.List;

/**
 * A change that is only thought through, on a snapshot: what it makes is kept in memory and is seen by what it reads, and
 * nobody waits for it. It may make so much and no more, since an account asks for it as often as it likes.
 *
 * <p>Constraints that the database repeats are not checked: the operations check before. Nothing is recorded.
 */
public final class Rehearsal extends RehearsedSnapshot implements UnitOfWork {

    private final Origin origin;
    private final Ids ids;
    private final int most;
    private int changes;

    /** Where new ids come from. */
    public interface Ids {

        /** One of this kind that is not in use. */
        <T extends ResourceId> T next(IdKind<T> kind);
    }

    /** @param most how many things it may save or delete */
    public Rehearsal(Snapshot truth, Origin origin, Ids ids, int most) {
        super(truth);
        this.origin = origin;
        this.ids = ids;
        this.most = most;
    }

    private void count() {
        changes++;
        if (changes > most) {
            throw new Refusal(
                    RefusalCode.BAD_VALUE,
                    "What is only planned may make or change %d things at most.".formatted(most));
        }
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
    public void save(Account account) {
        count();
        accounts.put(account);
    }

    @Override
    public void save(AccessKey key) {
        count();
        accessKeys.put(key);
    }

    @Override
    public void delete(AccessKeyId id) {
        count();
        accessKeys.remove(id);
    }

    @Override
    public void save(Password password) {
        count();
        passwords.put(password);
    }

    @Override
    public void save(Session session) {
        count();
        sessions.put(session);
    }

    @Override
    public void delete(SessionId id) {
        count();
        sessions.remove(id);
    }

    /** No plan has sessions. */
    @Override
    public void deleteSessionsOf(AccountId account) {
        count();
    }

    @Override
    public void deleteSessionsExpiredBy(Instant time) {
        count();
    }

    @Override
    public void saveFailedSubregion(SubregionName subregion, boolean failed) {
        count();
        failures.put(subregion, failed);
    }

    @Override
    public void save(Net net) {
        count();
        nets.put(net);
    }

    @Override
    public void delete(NetId id) {
        count();
        nets.remove(id);
    }

    @Override
    public void save(DhcpOptionsSet set) {
        count();
        dhcpOptionsSets.put(set);
    }

    @Override
    public void delete(DhcpOptionsSetId id) {
        count();
        dhcpOptionsSets.remove(id);
    }

    @Override
    public void save(Keypair keypair) {
        count();
        keypairs.put(keypair);
    }

    @Override
    public void delete(KeypairId id) {
        count();
        keypairs.remove(id);
    }

    @Override
    public void save(InsightsPath path) {
        count();
        paths.put(path);
    }

    @Override
    public void delete(InsightsPathId id) {
        count();
        paths.remove(id);
    }

    @Override
    public void save(InsightsAnalysis analysis) {
        count();
        analyses.put(analysis);
    }

    @Override
    public void delete(InsightsAnalysisId id) {
        count();
        analyses.remove(id);
    }

    @Override
    public void save(Subnet subnet) {
        count();
        subnets.put(subnet);
    }

    @Override
    public void delete(SubnetId id) {
        count();
        subnets.remove(id);
    }

    @Override
    public void save(Vm vm) {
        count();
        vms.put(vm);
    }

    @Override
    public void delete(VmId id) {
        count();
        vms.remove(id);
    }

    @Override
    public void save(Nic nic) {
        count();
        nics.put(nic);
    }

    @Override
    public void delete(NicId id) {
        count();
        nics.remove(id);
    }

    @Override
    public void save(RouteTable table) {
        count();
        routeTables.put(table);
    }

    @Override
    public void delete(RouteTableId id) {
        count();
        routeTables.remove(id);
    }

    @Override
    public void save(SecurityGroup group) {
        count();
        securityGroups.put(group);
    }

    @Override
    public void delete(SecurityGroupId id) {
        count();
        securityGroups.remove(id);
    }

    @Override
    public void save(NetPeering peering) {
        count();
        peerings.put(peering);
    }

    @Override
    public void delete(NetPeeringId id) {
        count();
        peerings.remove(id);
    }

    @Override
    public void save(Tag tag) {
        count();
        tags.put(tag);
    }

    @Override
    public void delete(Tag tag) {
        count();
        tags.remove(TagKey.of(tag));
    }

    @Override
    public void deleteTagsOf(ResourceId resource) {
        untagged.add(resource);
        tags.changed().keySet().removeIf(key -> key.resource().equals(resource));
    }

    /** What time has done is for those who record it. */
    @Override
    public List<NetPeering> pendingPeeringsDueBy(Instant time, int limit) {
        return List.of();
    }

    @Override
    public List<NetPeering> deadPeeringsSince(Instant time, int limit) {
        return List.of();
    }

    @Override
    public List<Vm> vmsTerminatedBy(Instant time, int limit) {
        return List.of();
    }

    @Override
    public int forgetEventsBefore(Instant time, int limit) {
        return 0;
    }

    @Override
    public void record(Fact fact, Origin cause) {
        // What did not happen is in no log.
    }
}
