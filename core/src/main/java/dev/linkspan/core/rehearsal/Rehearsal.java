package dev.linkspan.core.rehearsal;

import dev.linkspan.core.event.Fact;
import dev.linkspan.core.event.Origin;
import dev.linkspan.core.id.IdKind;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.id.ResourceId;
import dev.linkspan.core.port.AccessKeyRepository;
import dev.linkspan.core.port.AccountRepository;
import dev.linkspan.core.port.DhcpOptionsSetRepository;
import dev.linkspan.core.port.EventRepository;
import dev.linkspan.core.port.HostRepository;
import dev.linkspan.core.port.InsightsAnalysisRepository;
import dev.linkspan.core.port.InsightsPathRepository;
import dev.linkspan.core.port.InternetServiceRepository;
import dev.linkspan.core.port.KeypairRepository;
import dev.linkspan.core.port.LaunchTemplateRepository;
import dev.linkspan.core.port.NatServiceRepository;
import dev.linkspan.core.port.NetRepository;
import dev.linkspan.core.port.NetworkAclRepository;
import dev.linkspan.core.port.NicRepository;
import dev.linkspan.core.port.PasswordRepository;
import dev.linkspan.core.port.PeeringRepository;
import dev.linkspan.core.port.PublicIpRepository;
import dev.linkspan.core.port.RouteTableRepository;
import dev.linkspan.core.port.SecurityGroupRepository;
import dev.linkspan.core.port.SessionRepository;
import dev.linkspan.core.port.Snapshot;
import dev.linkspan.core.port.SubnetRepository;
import dev.linkspan.core.port.SubregionRepository;
import dev.linkspan.core.port.TagRepository;
import dev.linkspan.core.port.UnitOfWork;
import dev.linkspan.core.port.VmRepository;
import dev.linkspan.core.port.VolumeRepository;
import java.time.Instant;

/**
 * A change that is only thought through, on a snapshot: what it makes is kept in memory and is seen by what it reads, and
 * nobody waits for it. It may make so much and no more, since an account asks for it as often as it likes.
 *
 * <p>Constraints that the database repeats are not checked: the operations check before. Nothing is recorded.
 */
public final class Rehearsal implements UnitOfWork {

    private final Snapshot truth;
    private final Origin origin;
    private final Ids ids;
    private final RehearsedAccounts accounts;
    private final RehearsedAccessKeys accessKeys;
    private final RehearsedPasswords passwords;
    private final RehearsedSessions sessions;
    private final RehearsedSubregions subregions;
    private final RehearsedHosts hosts;
    private final RehearsedNets nets;
    private final RehearsedDhcpOptionsSets dhcpOptionsSets;
    private final RehearsedKeypairs keypairs;
    private final RehearsedInsightsPaths insightsPaths;
    private final RehearsedInsightsAnalyses insightsAnalyses;
    private final RehearsedSubnets subnets;
    private final RehearsedVms vms;
    private final RehearsedVolumes volumes;
    private final RehearsedLaunchTemplates launchTemplates;
    private final RehearsedNics nics;
    private final RehearsedRouteTables routeTables;
    private final RehearsedSecurityGroups securityGroups;
    private final RehearsedNetworkAcls networkAcls;
    private final RehearsedInternetServices internetServices;
    private final RehearsedPublicIps publicIps;
    private final RehearsedNatServices natServices;
    private final RehearsedPeerings peerings;
    private final RehearsedTags tags;
    private final RehearsedEvents events;

    /** Where new ids come from. */
    public interface Ids {

        /** One of this kind that is not in use. */
        <T extends ResourceId> T next(IdKind<T> kind);
    }

    /** @param most how many things it may save or delete */
    public Rehearsal(Snapshot truth, Origin origin, Ids ids, int most) {
        Allowance allowance = new Allowance(most);
        this.truth = truth;
        this.origin = origin;
        this.ids = ids;
        this.accounts = new RehearsedAccounts(truth.accounts(), allowance);
        this.accessKeys = new RehearsedAccessKeys(truth.accessKeys(), allowance);
        this.passwords = new RehearsedPasswords(truth.passwords(), allowance);
        this.sessions = new RehearsedSessions(truth.sessions(), allowance);
        this.subregions = new RehearsedSubregions(truth.subregions(), allowance);
        this.hosts = new RehearsedHosts(truth.hosts(), allowance);
        this.nets = new RehearsedNets(truth.nets(), allowance);
        this.dhcpOptionsSets = new RehearsedDhcpOptionsSets(truth.dhcpOptionsSets(), allowance);
        this.keypairs = new RehearsedKeypairs(truth.keypairs(), allowance);
        this.insightsPaths = new RehearsedInsightsPaths(truth.insightsPaths(), allowance);
        this.insightsAnalyses = new RehearsedInsightsAnalyses(truth.insightsAnalyses(), allowance);
        this.subnets = new RehearsedSubnets(truth.subnets(), allowance);
        this.vms = new RehearsedVms(truth.vms(), allowance);
        this.volumes = new RehearsedVolumes(truth.volumes(), allowance);
        this.launchTemplates = new RehearsedLaunchTemplates(truth.launchTemplates(), allowance);
        this.nics = new RehearsedNics(truth.nics(), allowance);
        this.routeTables = new RehearsedRouteTables(truth.routeTables(), allowance);
        this.securityGroups = new RehearsedSecurityGroups(truth.securityGroups(), allowance);
        this.networkAcls = new RehearsedNetworkAcls(truth.networkAcls(), allowance);
        this.internetServices = new RehearsedInternetServices(truth.internetServices(), allowance);
        this.publicIps = new RehearsedPublicIps(truth.publicIps(), allowance);
        this.natServices = new RehearsedNatServices(truth.natServices(), allowance);
        this.peerings = new RehearsedPeerings(truth.peerings(), allowance, truth.now());
        this.tags = new RehearsedTags(truth.tags(), allowance);
        this.events = new RehearsedEvents(truth.events());
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
    public Origin origin() {
        return origin;
    }

    @Override
    public <T extends ResourceId> T newId(IdKind<T> kind) {
        return ids.next(kind);
    }

    @Override
    public void record(Fact fact, Origin cause) {
        // What did not happen is in no log.
    }

    @Override
    public AccountRepository accounts() {
        return accounts;
    }

    @Override
    public AccessKeyRepository accessKeys() {
        return accessKeys;
    }

    @Override
    public PasswordRepository passwords() {
        return passwords;
    }

    @Override
    public SessionRepository sessions() {
        return sessions;
    }

    @Override
    public SubregionRepository subregions() {
        return subregions;
    }

    @Override
    public HostRepository hosts() {
        return hosts;
    }

    @Override
    public NetRepository nets() {
        return nets;
    }

    @Override
    public DhcpOptionsSetRepository dhcpOptionsSets() {
        return dhcpOptionsSets;
    }

    @Override
    public KeypairRepository keypairs() {
        return keypairs;
    }

    @Override
    public InsightsPathRepository insightsPaths() {
        return insightsPaths;
    }

    @Override
    public InsightsAnalysisRepository insightsAnalyses() {
        return insightsAnalyses;
    }

    @Override
    public SubnetRepository subnets() {
        return subnets;
    }

    @Override
    public VmRepository vms() {
        return vms;
    }

    @Override
    public VolumeRepository volumes() {
        return volumes;
    }

    @Override
    public LaunchTemplateRepository launchTemplates() {
        return launchTemplates;
    }

    @Override
    public NicRepository nics() {
        return nics;
    }

    @Override
    public RouteTableRepository routeTables() {
        return routeTables;
    }

    @Override
    public SecurityGroupRepository securityGroups() {
        return securityGroups;
    }

    @Override
    public NetworkAclRepository networkAcls() {
        return networkAcls;
    }

    @Override
    public InternetServiceRepository internetServices() {
        return internetServices;
    }

    @Override
    public PublicIpRepository publicIps() {
        return publicIps;
    }

    @Override
    public NatServiceRepository natServices() {
        return natServices;
    }

    @Override
    public PeeringRepository peerings() {
        return peerings;
    }

    @Override
    public TagRepository tags() {
        return tags;
    }

    @Override
    public EventRepository events() {
        return events;
    }
}
