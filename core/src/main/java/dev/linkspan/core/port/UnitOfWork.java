package dev.linkspan.core.port;

import dev.linkspan.core.event.Fact;
import dev.linkspan.core.event.Origin;
import dev.linkspan.core.id.IdKind;
import dev.linkspan.core.id.ResourceId;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.net.Subnet;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;

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

    /**
     * Appends to the Region's event log, with this unit's time and origin. Refused where a role session changes what its
     * role's account proves itself by: that would outlive the session.
     */
    default void record(Fact fact) {
        origin().session().filter(_ -> fact.type().isOfCredentials()).ifPresent(session -> {
            throw new Refusal(
                    RefusalCode.NOT_AUTHORIZED,
                    "The session '%s' of the role '%s' may not change access keys, passwords and e-mail addresses: they would outlive it. A key of the account %s itself is needed.",
                    session.name(),
                    session.role(),
                    origin().actor());
        });
        record(fact, origin());
    }

    /** Appends what another origin than this unit's has caused, with this unit's time. */
    void record(Fact fact, Origin cause);

    @Override
    AccountRepository accounts();

    @Override
    AccessKeyRepository accessKeys();

    @Override
    PasswordRepository passwords();

    @Override
    SessionRepository sessions();

    @Override
    SubregionRepository subregions();

    @Override
    HostRepository hosts();

    @Override
    NetRepository nets();

    @Override
    DhcpOptionsSetRepository dhcpOptionsSets();

    @Override
    KeypairRepository keypairs();

    @Override
    InsightsPathRepository insightsPaths();

    @Override
    InsightsAnalysisRepository insightsAnalyses();

    @Override
    SubnetRepository subnets();

    @Override
    VmRepository vms();

    @Override
    VolumeRepository volumes();

    @Override
    LaunchTemplateRepository launchTemplates();

    @Override
    NicRepository nics();

    @Override
    RouteTableRepository routeTables();

    @Override
    SecurityGroupRepository securityGroups();

    @Override
    NetworkAclRepository networkAcls();

    @Override
    InternetServiceRepository internetServices();

    @Override
    PublicIpRepository publicIps();

    @Override
    NatServiceRepository natServices();

    @Override
    PeeringRepository peerings();

    @Override
    TagRepository tags();

    @Override
    EventRepository events();
}
