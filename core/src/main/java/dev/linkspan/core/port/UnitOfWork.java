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
 * One change of a Region, in its place in the Region's one order (docs/decisions/0002-one-order-per-region.md): what it reads is
 * what it changes, nothing comes between, and either all of it becomes true or nothing does. It does no I/O but through this
 * interface. {@code save} makes or replaces the whole value of that id; saving a {@link Net} needs its account, a
 * {@link Subnet} its Net, and so on. Deleting what other things need is refused by the store as a bug: the operations check before.
 */
public interface UnitOfWork extends Snapshot {

    Origin origin();

    /** A new id of this kind, not in use in any Region, with eight digits that are not below {@link IdKind#FIRST}. */
    <T extends ResourceId> T newId(IdKind<T> kind);

    void save(Account account);

    void save(AccessKey key);

    /** Deletes the key, and the sessions that it opened. */
    void delete(AccessKeyId id);

    void save(Password password);

    void save(Session session);

    /** Deletes the session, if there is one. */
    void delete(SessionId id);

    void deleteSessionsOf(AccountId account);

    /** Deletes the sessions that were over at this time. */
    void deleteSessionsExpiredBy(Instant time);

    void saveFailedSubregion(SubregionName subregion, boolean failed);

    void save(Net net);

    void delete(NetId id);

    void save(DhcpOptionsSet set);

    void delete(DhcpOptionsSetId id);

    void save(Keypair keypair);

    void delete(KeypairId id);

    void save(InsightsPath path);

    void delete(InsightsPathId id);

    void save(InsightsAnalysis analysis);

    void delete(InsightsAnalysisId id);

    void save(Subnet subnet);

    void delete(SubnetId id);

    void save(Vm vm);

    void delete(VmId id);

    void save(Nic nic);

    void delete(NicId id);

    void save(RouteTable table);

    void delete(RouteTableId id);

    void save(SecurityGroup group);

    void delete(SecurityGroupId id);

    void save(NetPeering peering);

    void delete(NetPeeringId id);

    /** Sets the value of the tag's key on its resource for its owner. */
    void save(Tag tag);

    void delete(Tag tag);

    /** Removes everybody's tags of a resource that is gone. */
    void deleteTagsOf(ResourceId resource);

    /** The pending requests that were due to expire at or before this time, the first due first, at most so many. */
    List<NetPeering> pendingPeeringsDueBy(Instant time, int limit);

    /** The dead peerings recorded as dead at or before this time, the longest dead first, at most so many. */
    List<NetPeering> deadPeeringsSince(Instant time, int limit);

    /** The VMs terminated at or before this time, the longest gone first, at most so many. */
    List<Vm> vmsTerminatedBy(Instant time, int limit);

    /**
     * Removes the oldest events of the Region's log that happened before this time, at most so many; the newest one stays.
     *
     * @return how many it removed
     */
    int forgetEventsBefore(Instant time, int limit);

    /**
     * Appends to the Region's event log, with this unit's time and origin. Refused where a role session changes what its
     * role's account proves itself by: that would outlive the session.
     */
    default void record(Fact fact) {
        origin().session().filter(_ -> fact.type().isOfCredentials()).ifPresent(session -> {
            throw new Refusal(
                    RefusalCode.NOT_AUTHORIZED,
                    "The session '%s' of the role '%s' may not change access keys, passwords and e-mail addresses: they would outlive it. A key of the account %s itself is needed."
                            .formatted(session.name(), session.role(), origin().actor()));
        });
        record(fact, origin());
    }

    /** Appends what another origin than this unit's has caused, with this unit's time. */
    void record(Fact fact, Origin cause);
}
