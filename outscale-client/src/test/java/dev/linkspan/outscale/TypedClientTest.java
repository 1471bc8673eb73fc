package dev.linkspan.outscale;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.cli.client.AccessKey;
import dev.linkspan.cli.client.Caller;
import dev.linkspan.cli.client.Endpoint;
import dev.linkspan.cli.client.LinkspanClient;
import dev.linkspan.cli.network.RunFolder;
import dev.linkspan.cli.process.ServerCommand;
import dev.linkspan.cli.process.ServerProcess;
import dev.linkspan.outscale.model.AcceptNetPeeringRequest;
import dev.linkspan.outscale.model.CreateDhcpOptionsRequest;
import dev.linkspan.outscale.model.CreateInternetServiceRequest;
import dev.linkspan.outscale.model.CreateKeypairRequest;
import dev.linkspan.outscale.model.CreateNatServiceRequest;
import dev.linkspan.outscale.model.CreateNetPeeringRequest;
import dev.linkspan.outscale.model.CreateNetRequest;
import dev.linkspan.outscale.model.CreateNicRequest;
import dev.linkspan.outscale.model.CreatePublicIpRequest;
import dev.linkspan.outscale.model.CreateRouteRequest;
import dev.linkspan.outscale.model.CreateRouteTableRequest;
import dev.linkspan.outscale.model.CreateSecurityGroupRequest;
import dev.linkspan.outscale.model.CreateSecurityGroupRuleRequest;
import dev.linkspan.outscale.model.CreateSubnetRequest;
import dev.linkspan.outscale.model.CreateTagsRequest;
import dev.linkspan.outscale.model.CreateVmsRequest;
import dev.linkspan.outscale.model.DeleteDhcpOptionsRequest;
import dev.linkspan.outscale.model.DeleteInternetServiceRequest;
import dev.linkspan.outscale.model.DeleteKeypairRequest;
import dev.linkspan.outscale.model.DeleteNatServiceRequest;
import dev.linkspan.outscale.model.DeleteNetPeeringRequest;
import dev.linkspan.outscale.model.DeleteNetRequest;
import dev.linkspan.outscale.model.DeleteNicRequest;
import dev.linkspan.outscale.model.DeletePublicIpRequest;
import dev.linkspan.outscale.model.DeleteRouteRequest;
import dev.linkspan.outscale.model.DeleteRouteTableRequest;
import dev.linkspan.outscale.model.DeleteSecurityGroupRequest;
import dev.linkspan.outscale.model.DeleteSubnetRequest;
import dev.linkspan.outscale.model.DeleteVmsRequest;
import dev.linkspan.outscale.model.LinkInternetServiceRequest;
import dev.linkspan.outscale.model.LinkNicRequest;
import dev.linkspan.outscale.model.LinkPublicIpRequest;
import dev.linkspan.outscale.model.LinkRouteTableRequest;
import dev.linkspan.outscale.model.NetPeering;
import dev.linkspan.outscale.model.ReadDhcpOptionsRequest;
import dev.linkspan.outscale.model.ReadInternetServicesRequest;
import dev.linkspan.outscale.model.ReadKeypairsRequest;
import dev.linkspan.outscale.model.ReadNatServicesRequest;
import dev.linkspan.outscale.model.ReadNetPeeringsRequest;
import dev.linkspan.outscale.model.ReadNetsRequest;
import dev.linkspan.outscale.model.ReadNicsRequest;
import dev.linkspan.outscale.model.ReadPublicIpsRequest;
import dev.linkspan.outscale.model.ReadRouteTablesRequest;
import dev.linkspan.outscale.model.ReadSecurityGroupsRequest;
import dev.linkspan.outscale.model.ReadSubnetsRequest;
import dev.linkspan.outscale.model.ReadTagsRequest;
import dev.linkspan.outscale.model.ReadVmsRequest;
import dev.linkspan.outscale.model.ReadVmsStateRequest;
import dev.linkspan.outscale.model.ResourceTag;
import dev.linkspan.outscale.model.UnlinkInternetServiceRequest;
import dev.linkspan.outscale.model.UnlinkNicRequest;
import dev.linkspan.outscale.model.UnlinkPublicIpRequest;
import dev.linkspan.outscale.model.UnlinkRouteTableRequest;
import dev.linkspan.outscale.model.UpdateNetRequest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A whole story in the calls of a client that was generated of the public description: what the description does not have is
 * no field of an answer, and what it has is there, but for what nothing here has.
 */
class TypedClientTest {

    private static final String IMAGE = "ami-00000001";
    private static final String ALICE = "111111111111";
    private static final String BOB = "222222222222";
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);

    /** Fields of what was read that no answer has. */
    private static final Set<String> WHAT_NOTHING_HERE_HAS =
            Set.of("Route.DestinationServiceId", "Route.NetAccessPointId");

    private final Told told = new Told();

    /** What one account has for a peering. */
    private record Site(
            Tenant tenant, String net, String subnet, String table, String group, String vm, String address) {}

    private Site site(Tenant tenant, String range, String subnetRange) throws ApiException {
        String net = tenant.nets
                .createNet(new CreateNetRequest().ipRange(range))
                .getNet()
                .getNetId();
        String subnet = tenant.subnets
                .createSubnet(new CreateSubnetRequest().netId(net).ipRange(subnetRange))
                .getSubnet()
                .getSubnetId();
        String table = tenant.routeTables
                .createRouteTable(new CreateRouteTableRequest().netId(net))
                .getRouteTable()
                .getRouteTableId();
        tenant.routeTables.linkRouteTable(
                new LinkRouteTableRequest().routeTableId(table).subnetId(subnet));
        String group = tenant.groups
                .createSecurityGroup(new CreateSecurityGroupRequest()
                        .netId(net)
                        .securityGroupName("open")
                        .description("lets pings in"))
                .getSecurityGroup()
                .getSecurityGroupId();
        tenant.rules.createSecurityGroupRule(new CreateSecurityGroupRuleRequest()
                .securityGroupId(group)
                .flow("Inbound")
                .ipProtocol("icmp")
                .fromPortRange(-1)
                .toPortRange(-1)
                .ipRange("0.0.0.0/0"));
        tenant.keypairs.createKeypair(new CreateKeypairRequest().keypairName("mine"));
        var vm = tenant.vms
                .createVms(new CreateVmsRequest()
                        .imageId(IMAGE)
                        .subnetId(subnet)
                        .addSecurityGroupIdsItem(group)
                        .keypairName("mine")
                        .clientToken("once")
                        .userData("IyEvYmluL3No"))
                .getVms()
                .getFirst();
        return new Site(tenant, net, subnet, table, group, vm.getVmId(), vm.getPrivateIp());
    }

    /** The way outside: a public IP for the machine, and a NAT service for the others. */
    private record Exit(String service, String machineIp, String natIp, String nat) {

        static Exit of(Site site) throws ApiException {
            Tenant tenant = site.tenant();
            String service = tenant.internetServices
                    .createInternetService(new CreateInternetServiceRequest())
                    .getInternetService()
                    .getInternetServiceId();
            tenant.internetServices.linkInternetService(
                    new LinkInternetServiceRequest().internetServiceId(service).netId(site.net()));
            tenant.routes.createRoute(new CreateRouteRequest()
                    .routeTableId(site.table())
                    .destinationIpRange("0.0.0.0/0")
                    .gatewayId(service));
            String machineIp = address(tenant);
            tenant.publicIps.linkPublicIp(
                    new LinkPublicIpRequest().publicIpId(machineIp).vmId(site.vm()));
            String natIp = address(tenant);
            String nat = tenant.natServices
                    .createNatService(new CreateNatServiceRequest()
                            .publicIpId(natIp)
                            .subnetId(site.subnet())
                            .clientToken("nat"))
                    .getNatService()
                    .getNatServiceId();
            tenant.routes.createRoute(new CreateRouteRequest()
                    .routeTableId(site.table())
                    .destinationIpRange("203.0.113.0/24")
                    .natServiceId(nat));
            return new Exit(service, machineIp, natIp, nat);
        }

        private static String address(Tenant tenant) throws ApiException {
            return tenant.publicIps
                    .createPublicIp(new CreatePublicIpRequest())
                    .getPublicIp()
                    .getPublicIpId();
        }

        void remove(Site site) throws ApiException {
            Tenant tenant = site.tenant();
            tenant.natServices.deleteNatService(new DeleteNatServiceRequest().natServiceId(nat));
            tenant.publicIps.deletePublicIp(new DeletePublicIpRequest().publicIpId(natIp));
            String link = tenant.publicIps.readPublicIps(new ReadPublicIpsRequest()).getPublicIps().stream()
                    .filter(ip -> machineIp.equals(ip.getPublicIpId()))
                    .findFirst()
                    .orElseThrow()
                    .getLinkPublicIpId();
            tenant.publicIps.unlinkPublicIp(new UnlinkPublicIpRequest().linkPublicIpId(link));
            tenant.publicIps.deletePublicIp(new DeletePublicIpRequest().publicIpId(machineIp));
            for (String range : List.of("0.0.0.0/0", "203.0.113.0/24")) {
                tenant.routes.deleteRoute(
                        new DeleteRouteRequest().routeTableId(site.table()).destinationIpRange(range));
            }
            tenant.internetServices.unlinkInternetService(new UnlinkInternetServiceRequest()
                    .internetServiceId(service)
                    .netId(site.net()));
            tenant.internetServices.deleteInternetService(
                    new DeleteInternetServiceRequest().internetServiceId(service));
        }
    }

    private NetPeering peered(Site alice, Site bob) throws ApiException {
        NetPeering asked = alice.tenant()
                .peerings
                .createNetPeering(new CreateNetPeeringRequest()
                        .sourceNetId(alice.net())
                        .accepterNetId(bob.net())
                        .accepterOwnerId(BOB))
                .getNetPeering();
        assertThat(asked.getState().getName()).isEqualTo("pending-acceptance");
        look(alice.tenant());
        String id = asked.getNetPeeringId();
        NetPeering accepted = bob.tenant()
                .peerings
                .acceptNetPeering(new AcceptNetPeeringRequest().netPeeringId(id))
                .getNetPeering();
        route(alice, "10.1.0.0/16", id);
        route(bob, "10.0.0.0/16", id);
        return accepted;
    }

    private static void route(Site site, String range, String peering) throws ApiException {
        site.tenant()
                .routes
                .createRoute(new CreateRouteRequest()
                        .routeTableId(site.table())
                        .destinationIpRange(range)
                        .netPeeringId(peering));
    }

    /** Reads everything that the account has. */
    private void look(Tenant tenant) throws ApiException {
        told.look(tenant.nets.readNets(new ReadNetsRequest()));
        told.look(tenant.subnets.readSubnets(new ReadSubnetsRequest()));
        told.look(tenant.internetServices.readInternetServices(new ReadInternetServicesRequest()));
        told.look(tenant.publicIps.readPublicIps(new ReadPublicIpsRequest()));
        told.look(tenant.natServices.readNatServices(new ReadNatServicesRequest()));
        told.look(tenant.routeTables.readRouteTables(new ReadRouteTablesRequest()));
        told.look(tenant.groups.readSecurityGroups(new ReadSecurityGroupsRequest()));
        told.look(tenant.vms.readVms(new ReadVmsRequest()));
        told.look(tenant.vms.readVmsState(new ReadVmsStateRequest()));
        told.look(tenant.nics.readNics(new ReadNicsRequest()));
        told.look(tenant.peerings.readNetPeerings(new ReadNetPeeringsRequest()));
        told.look(tenant.tags.readTags(new ReadTagsRequest()));
        told.look(tenant.keypairs.readKeypairs(new ReadKeypairsRequest()));
        told.look(tenant.dhcpOptions.readDhcpOptions(new ReadDhcpOptionsRequest()));
    }

    private static void remove(Site site) throws ApiException {
        Tenant tenant = site.tenant();
        tenant.vms.deleteVms(new DeleteVmsRequest().addVmIdsItem(site.vm()));
        tenant.groups.deleteSecurityGroup(new DeleteSecurityGroupRequest().securityGroupId(site.group()));
        String link = tenant.routeTables.readRouteTables(new ReadRouteTablesRequest()).getRouteTables().stream()
                .filter(table -> site.table().equals(table.getRouteTableId()))
                .flatMap(table -> table.getLinkRouteTables().stream())
                .findFirst()
                .orElseThrow()
                .getLinkRouteTableId();
        tenant.routeTables.unlinkRouteTable(new UnlinkRouteTableRequest().linkRouteTableId(link));
        tenant.routeTables.deleteRouteTable(new DeleteRouteTableRequest().routeTableId(site.table()));
        tenant.subnets.deleteSubnet(new DeleteSubnetRequest().subnetId(site.subnet()));
        tenant.nets.deleteNet(new DeleteNetRequest().netId(site.net()));
        tenant.keypairs.deleteKeypair(new DeleteKeypairRequest().keypairName("mine"));
        assertThat(tenant.nets.readNets(new ReadNetsRequest()).getNets()).isEmpty();
    }

    @Test
    void two_accounts_build_peer_and_take_everything_away(@TempDir Path folder) throws Exception {
        boolean packets = !"none".equals(System.getenv("LINKSPAN_NETWORK"));
        List<String> options = List.of(
                "--dev",
                "--listen",
                "127.0.0.1:0",
                "--data",
                folder.resolve("data").toString(),
                "--network",
                packets ? "netns" : "none");
        Path data = folder.resolve("data");
        Optional<RunFolder> network = Optional.empty();
        try (ServerProcess server = ServerProcess.start(ServerCommand.with(options), folder.resolve("log"))) {
            URI url = server.awaitReady();
            network = packets ? Optional.of(runFolder(url, data)) : Optional.empty();
            tell(url, packets);
        } finally {
            network.ifPresent(RunFolder::remove);
        }
    }

    private static RunFolder runFolder(URI url, Path data) throws IOException {
        String token = Files.readString(data.resolve("admin.token")).strip();
        return new RunFolder(Path.of(new LinkspanClient(new Endpoint(url))
                .asOperator(token)
                .ask("ReadStatus")
                .text("Network", "RunFolder")));
    }

    private void tell(URI url, boolean packets) throws Exception {
        Site alice = site(new Tenant(url, ALICE), "10.0.0.0/16", "10.0.1.0/24");
        Site bob = site(new Tenant(url, BOB), "10.1.0.0/16", "10.1.1.0/24");
        Exit exit = Exit.of(alice);
        String dhcp = dhcpOptions(alice);
        appliance(alice);
        String nic = secondNic(alice);
        alice.tenant()
                .tags
                .createTags(new CreateTagsRequest()
                        .resourceIds(List.of(alice.net(), alice.subnet(), alice.vm(), nic, exit.service(), exit.nat()))
                        .addTagsItem(new ResourceTag().key("Name").value("alice")));
        NetPeering peering = peered(alice, bob);
        assertThat(peering.getState().getName()).isEqualTo("active");
        look(alice.tenant());
        look(bob.tenant());
        if (packets) {
            awaitAnswer(url, alice.vm(), bob.address());
        }
        // All lists fit on a page.
        assertThat(told.never())
                .filteredOn(field -> !field.endsWith(".NextPageToken"))
                .containsExactlyInAnyOrderElementsOf(WHAT_NOTHING_HERE_HAS);
        assertThat(alice.tenant()
                        .groups
                        .readSecurityGroups(new ReadSecurityGroupsRequest().resultsPerPage(1))
                        .getNextPageToken())
                .isNotEmpty();

        alice.tenant().peerings.deleteNetPeering(new DeleteNetPeeringRequest().netPeeringId(peering.getNetPeeringId()));
        exit.remove(alice);
        removeNic(alice, nic);
        remove(alice);
        alice.tenant().dhcpOptions.deleteDhcpOptions(new DeleteDhcpOptionsRequest().dhcpOptionsSetId(dhcp));
        remove(bob);
    }

    private static String dhcpOptions(Site site) throws ApiException {
        String set = site.tenant()
                .dhcpOptions
                .createDhcpOptions(new CreateDhcpOptionsRequest()
                        .addNtpServersItem("10.0.0.9")
                        .addLogServersItem("10.0.0.8"))
                .getDhcpOptionsSet()
                .getDhcpOptionsSetId();
        site.tenant().nets.updateNet(new UpdateNetRequest().netId(site.net()).dhcpOptionsSetId(set));
        return set;
    }

    /** A route whose packets are handed to the machine. */
    private static void appliance(Site site) throws ApiException {
        site.tenant()
                .routes
                .createRoute(new CreateRouteRequest()
                        .routeTableId(site.table())
                        .destinationIpRange("198.51.100.0/24")
                        .vmId(site.vm()));
    }

    private static String secondNic(Site site) throws ApiException {
        String nic = site.tenant()
                .nics
                .createNic(new CreateNicRequest().subnetId(site.subnet()).description("the second"))
                .getNic()
                .getNicId();
        site.tenant()
                .nics
                .linkNic(new LinkNicRequest().nicId(nic).vmId(site.vm()).deviceNumber(1));
        return nic;
    }

    private static void removeNic(Site site, String nic) throws ApiException {
        String link = site.tenant().nics.readNics(new ReadNicsRequest()).getNics().stream()
                .filter(each -> nic.equals(each.getNicId()))
                .findFirst()
                .orElseThrow()
                .getLinkNic()
                .getLinkNicId();
        site.tenant().nics.unlinkNic(new UnlinkNicRequest().linkNicId(link));
        site.tenant().nics.deleteNic(new DeleteNicRequest().nicId(nic));
    }

    private static void awaitAnswer(URI url, String from, String to) throws InterruptedException {
        Caller alice = new LinkspanClient(new Endpoint(url)).asAccountOwn(new AccessKey(ALICE, "any"), "eu-west-2");
        long deadline = System.nanoTime() + LONGEST_WAIT.toNanos();
        while (!alice.call("SendProbe", "FromVmId", from, "To", to, "Protocol", "icmp")
                .body()
                .path("Answered")
                .asBoolean(false)) {
            assertThat(System.nanoTime()).as("Bob's machine answers in time").isLessThan(deadline);
            Thread.sleep(100);
        }
    }
}
