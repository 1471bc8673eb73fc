package dev.linkspan.server;

import dev.linkspan.core.id.Region;
import dev.linkspan.core.operation.AccessKeys;
import dev.linkspan.core.operation.Accounts;
import dev.linkspan.core.operation.DhcpOptionsSets;
import dev.linkspan.core.operation.InsightsAnalyses;
import dev.linkspan.core.operation.InsightsPaths;
import dev.linkspan.core.operation.Keypairs;
import dev.linkspan.core.operation.NetPeerings;
import dev.linkspan.core.operation.Nets;
import dev.linkspan.core.operation.NicAddresses;
import dev.linkspan.core.operation.Nics;
import dev.linkspan.core.operation.RouteTables;
import dev.linkspan.core.operation.SecurityGroups;
import dev.linkspan.core.operation.Subnets;
import dev.linkspan.core.operation.Subregions;
import dev.linkspan.core.operation.Tags;
import dev.linkspan.core.operation.Vms;
import dev.linkspan.core.peering.PeeringRules;
import dev.linkspan.server.api.call.Operation;
import dev.linkspan.server.api.ec2.AbsentActions;
import dev.linkspan.server.api.ec2.DhcpOptionsActions;
import dev.linkspan.server.api.ec2.ImageActions;
import dev.linkspan.server.api.ec2.InstanceActions;
import dev.linkspan.server.api.ec2.InstanceAttributeActions;
import dev.linkspan.server.api.ec2.InstanceStatusActions;
import dev.linkspan.server.api.ec2.InstanceTypeActions;
import dev.linkspan.server.api.ec2.KeyPairActions;
import dev.linkspan.server.api.ec2.NetworkAclActions;
import dev.linkspan.server.api.ec2.NetworkInsightsAnalysisActions;
import dev.linkspan.server.api.ec2.NetworkInsightsPathActions;
import dev.linkspan.server.api.ec2.NetworkInterfaceActions;
import dev.linkspan.server.api.ec2.NetworkInterfaceAttributeActions;
import dev.linkspan.server.api.ec2.RegionActions;
import dev.linkspan.server.api.ec2.RouteTableActions;
import dev.linkspan.server.api.ec2.SecurityGroupActions;
import dev.linkspan.server.api.ec2.SecurityGroupReferenceActions;
import dev.linkspan.server.api.ec2.SecurityGroupRuleActions;
import dev.linkspan.server.api.ec2.SubnetActions;
import dev.linkspan.server.api.ec2.TagActions;
import dev.linkspan.server.api.ec2.VpcActions;
import dev.linkspan.server.api.ec2.VpcPeeringActions;
import dev.linkspan.server.api.keypair.KeyMaker;
import dev.linkspan.server.api.oapi.AbsentCalls;
import dev.linkspan.server.api.oapi.AccessKeyCalls;
import dev.linkspan.server.api.oapi.AccountCalls;
import dev.linkspan.server.api.oapi.DhcpOptionsCalls;
import dev.linkspan.server.api.oapi.ImageCalls;
import dev.linkspan.server.api.oapi.KeypairCalls;
import dev.linkspan.server.api.oapi.NetCalls;
import dev.linkspan.server.api.oapi.NetPeeringCalls;
import dev.linkspan.server.api.oapi.NicCalls;
import dev.linkspan.server.api.oapi.RegionCalls;
import dev.linkspan.server.api.oapi.RouteTableCalls;
import dev.linkspan.server.api.oapi.SecurityGroupCalls;
import dev.linkspan.server.api.oapi.SubnetCalls;
import dev.linkspan.server.api.oapi.TagCalls;
import dev.linkspan.server.api.oapi.VmCalls;
import dev.linkspan.server.api.oapi.VmTypeCalls;
import dev.linkspan.server.turn.Company;
import java.util.List;
import java.util.stream.Stream;

/** The operations of the core that more than one part of the server needs, and the calls of the OUTSCALE API. */
record Operations(
        Subregions subregions,
        Accounts accounts,
        AccessKeys accessKeys,
        Vms vms,
        NetPeerings peerings,
        KeyMaker keyMaker) {

    /** What the endpoints that ReadRegions shows end in: {@code api.eu-west-2.localhost} (A5, RFC 6761). */
    private static final String DOMAIN = "localhost";

    Operations(List<Region> regions, PeeringRules rules) {
        this(regions, rules, new Company());
    }

    /** @param company who would notice that one asks for work that takes long */
    Operations(List<Region> regions, PeeringRules rules, Company company) {
        this(new Subregions(regions), rules, new RandomCredentials(), new KeyMaker(company));
    }

    private Operations(Subregions subregions, PeeringRules rules, RandomCredentials credentials, KeyMaker keyMaker) {
        this(
                subregions,
                new Accounts(credentials),
                new AccessKeys(credentials),
                new Vms(),
                new NetPeerings(rules),
                keyMaker);
    }

    /** Every action of the EC2 API, family by family. */
    List<Operation> ec2Actions() {
        return Stream.of(
                        new RegionActions(subregions, DOMAIN).operations(),
                        new VpcActions(new Nets(), new Tags()).operations(),
                        new DhcpOptionsActions(new DhcpOptionsSets(), new Nets(), new Tags()).operations(),
                        new KeyPairActions(new Keypairs(), keyMaker, new Tags()).operations(),
                        new SubnetActions(new Subnets(subregions), new Tags()).operations(),
                        new VpcPeeringActions(peerings, new Tags()).operations(),
                        new RouteTableActions(new RouteTables(), new Tags()).operations(),
                        new SecurityGroupActions(new SecurityGroups(), new Tags()).operations(),
                        new SecurityGroupRuleActions(new SecurityGroups()).operations(),
                        new SecurityGroupReferenceActions().operations(),
                        new NetworkAclActions().operations(),
                        new ImageActions().operations(),
                        new InstanceTypeActions(subregions).operations(),
                        new InstanceActions(vms, new Tags()).operations(),
                        new InstanceAttributeActions(vms).operations(),
                        new InstanceStatusActions().operations(),
                        new NetworkInterfaceActions(new Nics(), new NicAddresses(), new Tags()).operations(),
                        new NetworkInterfaceAttributeActions(new Nics()).operations(),
                        new NetworkInsightsPathActions(new InsightsPaths(), new Tags()).operations(),
                        new NetworkInsightsAnalysisActions(new InsightsAnalyses(), new Tags()).operations(),
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
                        new VmTypeCalls().operations(),
                        new ImageCalls().operations(),
                        new NicCalls(new Nics(), new NicAddresses()).operations(),
                        new RouteTableCalls(new RouteTables()).operations(),
                        new SecurityGroupCalls(new SecurityGroups()).operations(),
                        new NetPeeringCalls(peerings).operations(),
                        new TagCalls(new Tags()).operations(),
                        new AbsentCalls().operations())
                .flatMap(List::stream)
                .toList();
    }
}
