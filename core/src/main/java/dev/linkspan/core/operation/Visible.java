package dev.linkspan.core.operation;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.DhcpOptionsSetId;
import dev.linkspan.core.id.InsightsAnalysisId;
import dev.linkspan.core.id.InsightsPathId;
import dev.linkspan.core.id.InternetServiceId;
import dev.linkspan.core.id.KeypairId;
import dev.linkspan.core.id.LaunchTemplateId;
import dev.linkspan.core.id.NatServiceId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.id.PublicIpId;
import dev.linkspan.core.id.ResourceId;
import dev.linkspan.core.id.RouteTableId;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.id.SubnetId;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.id.VolumeId;
import dev.linkspan.core.insights.InsightsAnalysis;
import dev.linkspan.core.insights.InsightsPath;
import dev.linkspan.core.internet.InternetService;
import dev.linkspan.core.internet.NatService;
import dev.linkspan.core.internet.PublicIp;
import dev.linkspan.core.keypair.Keypair;
import dev.linkspan.core.net.DhcpOptionsSet;
import dev.linkspan.core.net.LaunchTemplate;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.net.Subnet;
import dev.linkspan.core.net.Vm;
import dev.linkspan.core.peering.NetPeering;
import dev.linkspan.core.port.Snapshot;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.core.routing.RouteTable;
import dev.linkspan.core.securitygroup.SecurityGroup;
import dev.linkspan.core.volume.Volume;
import dev.linkspan.core.wording.Term;
import dev.linkspan.core.wording.Verbatim;
import java.util.Optional;
import java.util.function.Function;

/**
 * What an account may see (A4): its own resources, and the peerings with its Nets. Anything else is answered like an id
 * that does not exist. Each method takes the name of the parameter that held the id, for the refusal.
 */
public final class Visible {

    private Visible() {}

    public static Net net(Snapshot snapshot, AccountId viewer, Term parameter, NetId id) {
        return owned(snapshot.nets().find(id), Net::owner, viewer, parameter, id);
    }

    /** One of the viewer's own, or the default one, which is everybody's. */
    public static DhcpOptionsSet dhcpOptionsSet(
            Snapshot snapshot, AccountId viewer, Term parameter, DhcpOptionsSetId id) {
        return id.equals(DhcpOptionsSet.DEFAULT)
                ? DhcpOptionsSet.standard(viewer)
                : owned(snapshot.dhcpOptionsSets().find(id), DhcpOptionsSet::owner, viewer, parameter, id);
    }

    public static Keypair keypair(Snapshot snapshot, AccountId viewer, Term parameter, KeypairId id) {
        return owned(snapshot.keypairs().find(id), Keypair::owner, viewer, parameter, id);
    }

    public static InsightsPath insightsPath(Snapshot snapshot, AccountId viewer, Term parameter, InsightsPathId id) {
        return owned(snapshot.insightsPaths().find(id), InsightsPath::owner, viewer, parameter, id);
    }

    public static InsightsAnalysis insightsAnalysis(
            Snapshot snapshot, AccountId viewer, Term parameter, InsightsAnalysisId id) {
        return owned(snapshot.insightsAnalyses().find(id), InsightsAnalysis::owner, viewer, parameter, id);
    }

    public static Subnet subnet(Snapshot snapshot, AccountId viewer, Term parameter, SubnetId id) {
        return owned(snapshot.subnets().find(id), Subnet::owner, viewer, parameter, id);
    }

    public static LaunchTemplate launchTemplate(Snapshot snapshot, AccountId viewer, LaunchTemplateId id) {
        return owned(
                snapshot.launchTemplates().find(id),
                LaunchTemplate::owner,
                viewer,
                new Verbatim("LaunchTemplateId"),
                id);
    }

    public static Volume volume(Snapshot snapshot, AccountId viewer, Term parameter, VolumeId id) {
        return owned(snapshot.volumes().find(id), Volume::owner, viewer, parameter, id);
    }

    /** A VM that exists, or was terminated within the last hour. */
    public static Vm vm(Snapshot snapshot, AccountId viewer, Term parameter, VmId id) {
        return owned(
                snapshot.vms().find(id).filter(vm -> vm.visibleAt(snapshot.now())), Vm::owner, viewer, parameter, id);
    }

    public static Nic nic(Snapshot snapshot, AccountId viewer, Term parameter, NicId id) {
        return owned(snapshot.nics().find(id), Nic::owner, viewer, parameter, id);
    }

    public static InternetService internetService(
            Snapshot snapshot, AccountId viewer, Term parameter, InternetServiceId id) {
        return owned(snapshot.internetServices().find(id), InternetService::owner, viewer, parameter, id);
    }

    /** One that exists, or was deleted within the last hour. */
    public static NatService natService(Snapshot snapshot, AccountId viewer, Term parameter, NatServiceId id) {
        return owned(
                snapshot.natServices().find(id).filter(service -> service.visibleAt(snapshot.now())),
                NatService::owner,
                viewer,
                parameter,
                id);
    }

    /** One that the viewer allocated. */
    public static PublicIp publicIp(Snapshot snapshot, AccountId viewer, Term parameter, PublicIpId id) {
        return owned(
                snapshot.publicIps().find(id).filter(ip -> !ip.ofMachine()), PublicIp::owner, viewer, parameter, id);
    }

    /** The same by its address. */
    public static PublicIp publicIp(Snapshot snapshot, AccountId viewer, Term parameter, Ipv4 address) {
        return snapshot.publicIps()
                .findByAddress(address)
                .filter(ip -> ip.owner().equals(viewer) && !ip.ofMachine())
                .orElseThrow(() ->
                        new Refusal(RefusalCode.UNKNOWN_PUBLIC_IP, "The %s '%s' doesn't exist.", parameter, address));
    }

    public static RouteTable routeTable(Snapshot snapshot, AccountId viewer, Term parameter, RouteTableId id) {
        return owned(snapshot.routeTables().find(id), RouteTable::owner, viewer, parameter, id);
    }

    public static SecurityGroup securityGroup(Snapshot snapshot, AccountId viewer, Term parameter, SecurityGroupId id) {
        return owned(snapshot.securityGroups().find(id), SecurityGroup::owner, viewer, parameter, id);
    }

    /** A peering of one of the viewer's Nets, on either side, in any state that is still visible (L3). */
    public static NetPeering netPeering(Snapshot snapshot, AccountId viewer, Term parameter, NetPeeringId id) {
        return netPeering(snapshot, viewer, id).orElseThrow(() -> Refusal.unknown(parameter, id));
    }

    /** Like {@link #netPeering(Snapshot, AccountId, Term, NetPeeringId)}, but empty where that refuses. */
    public static Optional<NetPeering> netPeering(Snapshot snapshot, AccountId viewer, NetPeeringId id) {
        return snapshot.peerings()
                .find(id)
                .filter(peering -> peering.concerns(viewer) && peering.visibleAt(snapshot.now()));
    }

    private static <T> T owned(
            Optional<T> found, Function<T, AccountId> owner, AccountId viewer, Term parameter, ResourceId id) {
        return found.filter(it -> owner.apply(it).equals(viewer)).orElseThrow(() -> Refusal.unknown(parameter, id));
    }
}
