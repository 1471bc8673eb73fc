package dev.linkspan.server;

import dev.linkspan.core.catalogue.Images;
import dev.linkspan.core.id.Region;
import dev.linkspan.core.internet.PublicIpPools;
import dev.linkspan.core.operation.AccessKeys;
import dev.linkspan.core.operation.Accounts;
import dev.linkspan.core.operation.DefaultNets;
import dev.linkspan.core.operation.DhcpOptionsSets;
import dev.linkspan.core.operation.Hosts;
import dev.linkspan.core.operation.InsightsAnalyses;
import dev.linkspan.core.operation.InsightsPaths;
import dev.linkspan.core.operation.InternetServices;
import dev.linkspan.core.operation.Keypairs;
import dev.linkspan.core.operation.LaunchTemplates;
import dev.linkspan.core.operation.NatServices;
import dev.linkspan.core.operation.NetPeerings;
import dev.linkspan.core.operation.Nets;
import dev.linkspan.core.operation.NetworkAcls;
import dev.linkspan.core.operation.NicAddresses;
import dev.linkspan.core.operation.Nics;
import dev.linkspan.core.operation.Placement;
import dev.linkspan.core.operation.PublicIps;
import dev.linkspan.core.operation.RouteTables;
import dev.linkspan.core.operation.SecurityGroups;
import dev.linkspan.core.operation.Subnets;
import dev.linkspan.core.operation.Subregions;
import dev.linkspan.core.operation.Tags;
import dev.linkspan.core.operation.Vms;
import dev.linkspan.core.operation.Volumes;
import dev.linkspan.core.peering.PeeringRules;
import dev.linkspan.core.port.FlowTables;
import dev.linkspan.server.api.call.Operation;
import dev.linkspan.server.api.resource.absent.AbsentActions;
import dev.linkspan.server.api.resource.absent.AbsentCalls;
import dev.linkspan.server.api.resource.absent.EmptyReads;
import dev.linkspan.server.api.resource.account.AccessKeyCalls;
import dev.linkspan.server.api.resource.account.AccountCalls;
import dev.linkspan.server.api.resource.dhcp.DhcpOptionsActions;
import dev.linkspan.server.api.resource.dhcp.DhcpOptionsCalls;
import dev.linkspan.server.api.resource.image.ImageActions;
import dev.linkspan.server.api.resource.image.ImageCalls;
import dev.linkspan.server.api.resource.insights.NetworkInsightsAnalysisActions;
import dev.linkspan.server.api.resource.insights.NetworkInsightsPathActions;
import dev.linkspan.server.api.resource.internetservice.InternetGatewayActions;
import dev.linkspan.server.api.resource.internetservice.InternetServiceCalls;
import dev.linkspan.server.api.resource.keypair.KeyMaker;
import dev.linkspan.server.api.resource.keypair.KeyPairActions;
import dev.linkspan.server.api.resource.keypair.KeypairCalls;
import dev.linkspan.server.api.resource.natservice.NatGatewayActions;
import dev.linkspan.server.api.resource.natservice.NatServiceCalls;
import dev.linkspan.server.api.resource.net.NetCalls;
import dev.linkspan.server.api.resource.net.VpcActions;
import dev.linkspan.server.api.resource.networkacl.NetworkAclActions;
import dev.linkspan.server.api.resource.peering.NetPeeringCalls;
import dev.linkspan.server.api.resource.peering.VpcPeeringActions;
import dev.linkspan.server.api.resource.publicip.AddressActions;
import dev.linkspan.server.api.resource.publicip.PublicIpCalls;
import dev.linkspan.server.api.resource.region.RegionActions;
import dev.linkspan.server.api.resource.region.RegionCalls;
import dev.linkspan.server.api.resource.routing.RouteTableActions;
import dev.linkspan.server.api.resource.routing.RouteTableCalls;
import dev.linkspan.server.api.resource.securitygroup.SecurityGroupActions;
import dev.linkspan.server.api.resource.securitygroup.SecurityGroupCalls;
import dev.linkspan.server.api.resource.securitygroup.SecurityGroupReferenceActions;
import dev.linkspan.server.api.resource.securitygroup.SecurityGroupRuleActions;
import dev.linkspan.server.api.resource.subnet.SubnetActions;
import dev.linkspan.server.api.resource.subnet.SubnetCalls;
import dev.linkspan.server.api.resource.tag.TagActions;
import dev.linkspan.server.api.resource.tag.TagCalls;
import dev.linkspan.server.api.resource.vm.InstanceActions;
import dev.linkspan.server.api.resource.vm.InstanceAttributeActions;
import dev.linkspan.server.api.resource.vm.InstanceOptionActions;
import dev.linkspan.server.api.resource.vm.InstanceStatusActions;
import dev.linkspan.server.api.resource.vm.LaunchTemplateActions;
import dev.linkspan.server.api.resource.vm.NetworkInterfaceActions;
import dev.linkspan.server.api.resource.vm.NetworkInterfaceAttributeActions;
import dev.linkspan.server.api.resource.vm.NicCalls;
import dev.linkspan.server.api.resource.vm.VmCalls;
import dev.linkspan.server.api.resource.vmtype.InstanceTypeActions;
import dev.linkspan.server.api.resource.vmtype.VmTypeCalls;
import dev.linkspan.server.api.resource.volume.VolumeActions;
import dev.linkspan.server.api.resource.volume.VolumeCalls;
import dev.linkspan.server.turn.RecentActivity;
import java.util.List;
import java.util.stream.Stream;

/** The operations of the core that more than one part of the server needs, and the calls of the OUTSCALE API. */
record Operations(
        Subregions subregions,
        Images images,
        Hosts hosts,
        Accounts accounts,
        AccessKeys accessKeys,
        Vms vms,
        PublicIps publicIps,
        NetPeerings peerings,
        KeyMaker keyMaker) {

    /** What the endpoints that ReadRegions shows end in: {@code api.eu-west-2.localhost} (A5, RFC 6761). */
    private static final String DOMAIN = "localhost";

    Operations(List<Region> regions, PublicIpPools publicIps, PeeringRules rules) {
        this(regions, Images.OF_HOST, publicIps, Placement.WITHOUT_HOSTS, rules, new RecentActivity());
    }

    /**
     * Of a server.
     *
     * @param placement where the machines of VMs run
     * @param activity who would notice that one asks for work that takes long
     */
    Operations(
            List<Region> regions,
            Images images,
            PublicIpPools publicIps,
            Placement placement,
            PeeringRules rules,
            RecentActivity activity) {
        this(
                new Subregions(regions),
                images,
                publicIps,
                placement,
                rules,
                new RandomCredentials(),
                new KeyMaker(activity));
    }

    private Operations(
            Subregions subregions,
            Images images,
            PublicIpPools publicIps,
            Placement placement,
            PeeringRules rules,
            RandomCredentials credentials,
            KeyMaker keyMaker) {
        this(
                subregions,
                images,
                new Hosts(subregions),
                new Accounts(credentials),
                new AccessKeys(credentials),
                new Vms(publicIps, images, placement),
                new PublicIps(publicIps),
                new NetPeerings(rules),
                keyMaker);
    }

    /**
     * Every action of the EC2 API, family by family.
     *
     * @param flowTables how full they are, which network insights tell
     */
    List<Operation> ec2Actions(FlowTables flowTables) {
        return Stream.of(
                        new RegionActions(subregions, DOMAIN).operations(),
                        new VpcActions(new Nets(), new DefaultNets(subregions), new Tags()).operations(),
                        new DhcpOptionsActions(new DhcpOptionsSets(), new Nets(), new Tags()).operations(),
                        new KeyPairActions(new Keypairs(), keyMaker, new Tags()).operations(),
                        new SubnetActions(new Subnets(subregions), new DefaultNets(subregions), new Tags())
                                .operations(),
                        new VpcPeeringActions(peerings, new Tags(), subregions).operations(),
                        new RouteTableActions(new RouteTables(), new Tags()).operations(),
                        new SecurityGroupActions(new SecurityGroups(), new Tags()).operations(),
                        new SecurityGroupRuleActions(new SecurityGroups()).operations(),
                        new SecurityGroupReferenceActions().operations(),
                        new InternetGatewayActions(new InternetServices(), new Tags()).operations(),
                        new AddressActions(publicIps, new Tags()).operations(),
                        new NatGatewayActions(new NatServices(), new Tags()).operations(),
                        new NetworkAclActions(new NetworkAcls(), new Tags()).operations(),
                        new ImageActions(images).operations(),
                        new InstanceTypeActions(subregions).operations(),
                        new InstanceActions(vms, new Tags()).operations(),
                        new InstanceAttributeActions(vms).operations(),
                        new InstanceOptionActions(vms).operations(),
                        new LaunchTemplateActions(new LaunchTemplates(), new Tags()).operations(),
                        new InstanceStatusActions().operations(),
                        new VolumeActions(new Volumes(subregions), new Tags()).operations(),
                        new NetworkInterfaceActions(new Nics(), new NicAddresses(), new Tags()).operations(),
                        new NetworkInterfaceAttributeActions(new Nics()).operations(),
                        new NetworkInsightsPathActions(new InsightsPaths(publicIps.pools()), new Tags()).operations(),
                        new NetworkInsightsAnalysisActions(
                                        new InsightsAnalyses(flowTables, publicIps.pools()), new Tags())
                                .operations(),
                        new TagActions(new Tags()).operations(),
                        new AbsentActions().operations())
                .flatMap(List::stream)
                .toList();
    }

    /** Every call of the OUTSCALE API, family by family. */
    List<Operation> calls() {
        return Stream.of(
                        new RegionCalls(subregions, DOMAIN).operations(),
                        new AccountCalls().operations(),
                        new AccessKeyCalls(accessKeys).operations(),
                        new NetCalls(new Nets()).operations(),
                        new DhcpOptionsCalls(new DhcpOptionsSets()).operations(),
                        new KeypairCalls(new Keypairs(), keyMaker).operations(),
                        new SubnetCalls(new Subnets(subregions)).operations(),
                        new VmCalls(vms).operations(),
                        new VolumeCalls(new Volumes(subregions)).operations(),
                        new VmTypeCalls().operations(),
                        new ImageCalls(images).operations(),
                        new NicCalls(new Nics(), new NicAddresses()).operations(),
                        new RouteTableCalls(new RouteTables()).operations(),
                        new InternetServiceCalls(new InternetServices()).operations(),
                        new PublicIpCalls(publicIps).operations(),
                        new NatServiceCalls(new NatServices()).operations(),
                        new SecurityGroupCalls(new SecurityGroups()).operations(),
                        new NetPeeringCalls(peerings).operations(),
                        new TagCalls(new Tags()).operations(),
                        new AbsentCalls().operations(),
                        new EmptyReads().operations())
                .flatMap(List::stream)
                .toList();
    }
}
