package dev.linkspan.server.store;

import dev.linkspan.core.account.AccessKey;
import dev.linkspan.core.account.Account;
import dev.linkspan.core.account.AccountName;
import dev.linkspan.core.account.EmailAddress;
import dev.linkspan.core.account.Password;
import dev.linkspan.core.account.Quota;
import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.address.Ipv6Range;
import dev.linkspan.core.event.EventType;
import dev.linkspan.core.event.Fact;
import dev.linkspan.core.host.Host;
import dev.linkspan.core.host.HostName;
import dev.linkspan.core.host.HostReport;
import dev.linkspan.core.id.AccessKeyId;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.DhcpOptionsSetId;
import dev.linkspan.core.id.HostId;
import dev.linkspan.core.id.InsightsAnalysisId;
import dev.linkspan.core.id.InsightsPathId;
import dev.linkspan.core.id.InternetServiceId;
import dev.linkspan.core.id.KeypairId;
import dev.linkspan.core.id.LaunchTemplateId;
import dev.linkspan.core.id.NatServiceId;
import dev.linkspan.core.id.NetworkAclAssociationId;
import dev.linkspan.core.id.NetworkAclId;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.id.PublicIpId;
import dev.linkspan.core.id.PublicIpLinkId;
import dev.linkspan.core.id.RouteTableId;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.id.VolumeId;
import dev.linkspan.core.insights.InsightsAnalysis;
import dev.linkspan.core.insights.InsightsPath;
import dev.linkspan.core.insights.PathQuestions;
import dev.linkspan.core.internet.InternetService;
import dev.linkspan.core.internet.NatConnectivity;
import dev.linkspan.core.internet.NatService;
import dev.linkspan.core.internet.PublicIp;
import dev.linkspan.core.internet.PublicIpLink;
import dev.linkspan.core.keypair.Keypair;
import dev.linkspan.core.keypair.KeypairType;
import dev.linkspan.core.keypair.PublicKey;
import dev.linkspan.core.keypair.PublicKeys;
import dev.linkspan.core.net.DhcpOption;
import dev.linkspan.core.net.DhcpOptionsSet;
import dev.linkspan.core.net.LaunchTemplate;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.net.NetAttribute;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.net.Subnet;
import dev.linkspan.core.net.Vm;
import dev.linkspan.core.networkacl.AclEntry;
import dev.linkspan.core.networkacl.NetworkAcl;
import dev.linkspan.core.networkacl.NetworkAclAssociation;
import dev.linkspan.core.peering.NetPeering;
import dev.linkspan.core.peering.PeeringMessage;
import dev.linkspan.core.peering.PeeringOptions;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.UnitOfWork;
import dev.linkspan.core.routing.Route;
import dev.linkspan.core.routing.RouteTable;
import dev.linkspan.core.routing.RouteTarget;
import dev.linkspan.core.securitygroup.Direction;
import dev.linkspan.core.securitygroup.Traffic;
import dev.linkspan.core.tag.Tag;
import dev.linkspan.core.volume.Volume;
import dev.linkspan.core.volume.VolumeLink;
import dev.linkspan.core.volume.VolumeSpec;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Puts something of every kind into a store, with texts that are easily spoilt on the way. */
final class FullStore {

    static final AccessKeyId KEY = new AccessKeyId("AKIA");
    static final String SECRET = "the secret of the key";

    private static final List<String> ODD_TEXTS = List.of(
            "",
            " ",
            "'; drop table net; --",
            "\"quoted\" and \\ back",
            "line\nfeed\r\n\ttab",
            "\u0001\u007f\u0085\u2028",
            "naïve Ærø 東京 \uD83D\uDC08",
            "{\"end\":1}",
            "null");

    private FullStore() {}

    private static NetworkAcl networkAcl(Net net, Subnet subnet, Instant now) {
        return NetworkAcl.born(NetworkAclId.KIND.of(9), net, now, Optional.of(ODD_TEXTS.get(2)))
                .withAssociation(new NetworkAclAssociation(NetworkAclAssociationId.KIND.of(10), subnet.id()))
                .withEntry(new AclEntry(
                        100,
                        Direction.INBOUND,
                        new Traffic.Ports(Traffic.TCP, 22, 80),
                        Cidr.parse("10.1.0.0/16"),
                        false))
                .withEntry(new AclEntry(101, Direction.OUTBOUND, new Traffic.All(), new Ipv6Range("::/0"), true));
    }

    /** The account whose things these are. */
    static AccountId fill(SqlStore store) {
        Fixture fixture = new Fixture(store);
        AccountId owner = fixture.account();
        AccountId other = fixture.account();
        Net net = fixture.net(owner, "10.0.0.0/16");
        Net far = fixture.net(other, "10.1.0.0/16");
        Subnet subnet = fixture.subnet(net, "10.0.1.0/24");
        Vm vm = fixture.vm(subnet, "10.0.1.4", fixture.defaultGroup(net).id());
        Nic nic = fixture.nic(subnet, "10.0.1.5", fixture.defaultGroup(net).id());
        fixture.natService(subnet, "10.0.1.6");
        NetPeering active = fixture.activePeering(net, far);
        fixture.pendingPeering(far, net);
        fixture.change(unit -> {
            saveAccount(unit, owner);
            unit.subregions().setFailed(Fixture.SUBREGION, true);
            unit.dhcpOptionsSets()
                    .save(new DhcpOptionsSet(
                            DhcpOptionsSetId.KIND.of(7),
                            owner,
                            Map.of(DhcpOption.NTP_SERVERS, List.of("10.0.0.9", "10.0.0.8")),
                            unit.now()));
            saveMachines(unit, vm, subnet);
            saveInsights(unit, owner);
            unit.nets()
                    .save(net.withAttribute(NetAttribute.DNS_SUPPORT, false)
                            .withAttribute(NetAttribute.DNS_HOSTNAMES, true)
                            .withAttribute(NetAttribute.ADDRESS_USAGE_METRICS, true));
            NetPeering half = active.saying(new PeeringMessage("two\n" + ODD_TEXTS.get(2)))
                    .withOptions(new PeeringOptions(Optional.of(true), Optional.empty()), owner, unit.now());
            unit.peerings()
                    .save(half.withOptions(new PeeringOptions(Optional.empty(), Optional.of(true)), other, unit.now()));
            unit.networkAcls().save(networkAcl(net, subnet, unit.now()));
            saveExits(unit, nic);
            unit.routeTables()
                    .save(new RouteTable(
                            RouteTableId.KIND.of(8),
                            net.id(),
                            owner,
                            List.of(),
                            List.of(),
                            unit.now(),
                            Optional.of("a client's token")));
            unit.routeTables()
                    .save(fixture.mainTable(net)
                            .withRoute(new Route(Cidr.parse("10.1.0.0/16"), new RouteTarget.Peering(active.id()))));
            for (int i = 0; i < ODD_TEXTS.size(); i++) {
                unit.tags().save(new Tag(net.id(), owner, "odd" + i, ODD_TEXTS.get(i)));
            }
            unit.record(new Fact(
                    EventType.NET_CREATED,
                    net.id().value(),
                    Set.of(owner, other),
                    Set.of(net.id(), far.id()),
                    "as if"));
            return true;
        });
        record(fixture, owner);
        new Fixture(store, Fixture.OTHER_REGION).net(owner, "10.2.0.0/16");
        return owner;
    }

    private static void saveExits(UnitOfWork unit, Nic nic) {
        saveDeletedNatService(unit, nic);
        unit.internetServices()
                .save(new InternetService(
                        InternetServiceId.KIND.of(11), nic.owner(), Optional.of(nic.net()), unit.now()));
        unit.internetServices()
                .save(new InternetService(InternetServiceId.KIND.of(12), nic.owner(), Optional.empty(), unit.now()));
        PublicIp free = new PublicIp(
                PublicIpId.KIND.of(13), Ipv4.parse("203.0.113.2"), nic.owner(), false, Optional.empty(), unit.now());
        unit.publicIps().save(free);
        PublicIpLink link = new PublicIpLink(PublicIpLinkId.KIND.of(15), nic.net(), nic.id(), nic.primaryAddress());
        unit.publicIps()
                .save(new PublicIp(
                        PublicIpId.KIND.of(14),
                        Ipv4.parse("203.0.113.3"),
                        nic.owner(),
                        true,
                        Optional.of(link),
                        unit.now()));
    }

    private static void saveDeletedNatService(UnitOfWork unit, Nic neighbour) {
        unit.natServices()
                .save(new NatService(
                        NatServiceId.KIND.of(16),
                        neighbour.owner(),
                        neighbour.net(),
                        neighbour.subnet(),
                        NicId.KIND.of(16),
                        NatConnectivity.PUBLIC,
                        unit.now(),
                        Optional.of(unit.now()),
                        Optional.of(ODD_TEXTS.get(3))));
    }

    private static void saveAccount(UnitOfWork unit, AccountId owner) {
        unit.accounts()
                .save(new Account(
                        owner,
                        Optional.of(new AccountName("naïve Ærø 東京 \uD83D\uDC08")),
                        Optional.of(new EmailAddress("ada@example.org")),
                        Map.of(Quota.NETS, 7),
                        unit.now()));
        unit.accessKeys()
                .save(new AccessKey(
                        KEY, owner, SECRET, true, Optional.empty(), Optional.of(unit.now()), unit.now(), unit.now()));
        unit.passwords().save(new Password(owner, "the hash", unit.now()));
    }

    private static void saveMachines(UnitOfWork unit, Vm vm, Subnet subnet) {
        unit.keypairs().save(keypair(vm.owner(), unit.now()));
        unit.nets().setGivenDefault(vm.owner());
        unit.subnets().save(subnet.asDefault());
        LaunchTemplate.Version first =
                new LaunchTemplate.Version(1, Optional.of(ODD_TEXTS.getLast()), "{}", unit.now());
        LaunchTemplate template = new LaunchTemplate(
                LaunchTemplateId.KIND.of(9), vm.owner(), "web", 1, List.of(first), Optional.of("token"), unit.now());
        unit.launchTemplates().save(template.withVersion(Optional.empty(), "{}", unit.now()));
        saveVolumes(unit, vm);
        saveHost(unit, vm);
    }

    private static void saveHost(UnitOfWork unit, Vm vm) {
        Host host = new Host(
                HostId.KIND.of(17),
                new HostName("rack1-7.example.org"),
                vm.subregion(),
                "the hash of its token",
                Optional.of(new HostReport(unit.now(), ODD_TEXTS.get(3), 20, 35, 1)),
                true,
                unit.now());
        unit.hosts().save(host);
        unit.hosts().place(vm.id(), host.id());
    }

    private static void saveVolumes(UnitOfWork unit, Vm vm) {
        Volume linked = new Volume(
                VolumeId.KIND.of(7),
                vm.owner(),
                vm.subregion(),
                new VolumeSpec(
                        8,
                        "gp3",
                        Optional.of(3000),
                        Optional.of(125),
                        true,
                        Optional.of("snap-00000001"),
                        Optional.of(ODD_TEXTS.getFirst())),
                Optional.of(new VolumeLink(vm.id(), "/dev/sda1", true, unit.now())),
                Optional.empty(),
                Optional.of(unit.now()),
                unit.now());
        VolumeSpec plain = new VolumeSpec(
                1, "standard", Optional.empty(), Optional.empty(), false, Optional.empty(), Optional.empty());
        unit.volumes().save(linked);
        unit.volumes()
                .save(new Volume(
                        VolumeId.KIND.of(8),
                        vm.owner(),
                        vm.subregion(),
                        plain,
                        Optional.empty(),
                        Optional.of("token"),
                        Optional.empty(),
                        unit.now()));
    }

    private static Keypair keypair(AccountId owner, Instant now) {
        PublicKey key = PublicKeys.of(KeypairType.RSA, ODD_TEXTS.getLast());
        return new Keypair(KeypairId.KIND.of(9), owner, "Ada's", key, Optional.of("0a:0b"), now);
    }

    private static void saveInsights(UnitOfWork unit, AccountId owner) {
        InsightsPath path = new InsightsPath(
                InsightsPathId.KIND.of(9),
                owner,
                PathQuestions.web(VmId.KIND.of(9), "10.1.0.4"),
                unit.now(),
                Optional.of(ODD_TEXTS.getFirst()));
        unit.insightsPaths().save(path);
        unit.insightsAnalyses()
                .save(new InsightsAnalysis(
                        InsightsAnalysisId.KIND.of(9),
                        owner,
                        path.id(),
                        unit.now(),
                        true,
                        ODD_TEXTS.get(6),
                        Optional.of(ODD_TEXTS.get(2))));
    }

    /** One more event. */
    static void record(Fixture fixture, AccountId account) {
        fixture.change(unit -> {
            unit.record(new Fact(EventType.ACCOUNT_CREATED, account.value(), Set.of(account), Set.of(), "as if"));
            return true;
        });
    }
}
