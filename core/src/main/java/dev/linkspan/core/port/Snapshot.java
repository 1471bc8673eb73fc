package dev.linkspan.core.port;

import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.id.SubregionName;
import dev.linkspan.core.net.Vm;
import dev.linkspan.core.peering.NetPeering;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/**
 * What is true in a Region at one instant: committed, consistent, and of no interest to writers. Every kind of value has a
 * reader of its own. Their lists come in the order of creation (then id), and their rows are as recorded: whether a peering
 * has expired or a VM is still visible at {@link #now()} is the question of who reads ({@link NetPeering#stateAt},
 * {@link Vm#visibleAt}).
 */
public interface Snapshot {

    RegionName region();

    /** The one time of this read or change, by the Region's clock (T1); never runs backwards between changes. */
    Instant now();

    // The directory, which all Regions share: an account is the same in each of them. Where a Net is must be known
    // everywhere too (P5). All else is one Region's.

    AccountReader accounts();

    AccessKeyReader accessKeys();

    PasswordReader passwords();

    SessionReader sessions();

    // This Region.

    SubregionReader subregions();

    HostReader hosts();

    NetReader nets();

    DhcpOptionsSetReader dhcpOptionsSets();

    KeypairReader keypairs();

    InsightsPathReader insightsPaths();

    InsightsAnalysisReader insightsAnalyses();

    SubnetReader subnets();

    VmReader vms();

    VolumeReader volumes();

    LaunchTemplateReader launchTemplates();

    NicReader nics();

    RouteTableReader routeTables();

    SecurityGroupReader securityGroups();

    NetworkAclReader networkAcls();

    InternetServiceReader internetServices();

    PublicIpReader publicIps();

    NatServiceReader natServices();

    PeeringReader peerings();

    TagReader tags();

    EventReader events();

    /** The Subregions whose machines exchange no packets: the operator failed them, or none of their hosts is heard (H2). */
    default Set<SubregionName> silentSubregions() {
        Set<SubregionName> silent = new HashSet<>(subregions().failed());
        silent.addAll(hosts().silentSubregions(now()));
        return Set.copyOf(silent);
    }
}
