package dev.linkspan.core.port;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.account.AccessKey;
import dev.linkspan.core.account.Account;
import dev.linkspan.core.account.AccountName;
import dev.linkspan.core.account.EmailAddress;
import dev.linkspan.core.account.Quota;
import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.address.Ipv6Range;
import dev.linkspan.core.catalogue.ImageSystem;
import dev.linkspan.core.id.AccessKeyId;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.DhcpOptionsSetId;
import dev.linkspan.core.id.InternetServiceId;
import dev.linkspan.core.id.NatServiceId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.id.NicLinkId;
import dev.linkspan.core.id.RouteTableId;
import dev.linkspan.core.id.RouteTableLinkId;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.id.SecurityGroupRuleId;
import dev.linkspan.core.id.SubnetId;
import dev.linkspan.core.id.SubregionName;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.net.DhcpOption;
import dev.linkspan.core.net.DhcpOptionsSet;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.net.NetAttribute;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.net.NicLink;
import dev.linkspan.core.net.Subnet;
import dev.linkspan.core.net.Vm;
import dev.linkspan.core.net.VmOptions;
import dev.linkspan.core.net.VmSettings;
import dev.linkspan.core.net.VmState;
import dev.linkspan.core.routing.Route;
import dev.linkspan.core.routing.RouteTable;
import dev.linkspan.core.routing.RouteTableLink;
import dev.linkspan.core.routing.RouteTarget;
import dev.linkspan.core.securitygroup.Counterpart;
import dev.linkspan.core.securitygroup.Direction;
import dev.linkspan.core.securitygroup.SecurityGroup;
import dev.linkspan.core.securitygroup.SecurityGroupHead;
import dev.linkspan.core.securitygroup.SecurityGroupRule;
import dev.linkspan.core.securitygroup.Traffic;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every other kind of value: read as it was saved, replaced whole, listed in order, deleted only when nothing needs it. */
public abstract class StoredValuesContract extends StoreContract {

    private AccountId owner;
    private AccountId stranger;
    private Net net;
    private Subnet subnet;

    @BeforeEach
    void populate() {
        owner = fixture.account();
        stranger = fixture.account();
        net = fixture.net(owner, "10.0.0.0/16");
        subnet = fixture.subnet(net, "10.0.1.0/24");
    }

    private void write(Consumer<UnitOfWork> work) {
        fixture.change(unit -> {
            work.accept(unit);
            return true;
        });
    }

    private <T> T read(Function<Snapshot, T> query) {
        return fixture.read(query);
    }

    @Test
    void accounts() {
        clock.advance(Duration.ofSeconds(1));
        Account limited = new Account(
                stranger,
                Optional.of(new AccountName("Ærø & sons")),
                Optional.of(new EmailAddress("o@example.com")),
                Map.of(Quota.NETS, 3, Quota.VMS, 0),
                fixture.now());
        write(unit -> unit.accounts().save(limited));

        assertOne(snapshot -> snapshot.accounts().find(stranger)).contains(limited);
        assertOne(snapshot -> snapshot.accounts().find(new AccountId("999999999999")))
                .isEmpty();
        assertThat(this.<List<Account>>read(snapshot -> snapshot.accounts().all()))
                .extracting(Account::id)
                .containsExactly(owner, stranger);

        Account unlimited = new Account(stranger, Optional.empty(), Map.of(), fixture.now());
        write(unit -> unit.accounts().save(unlimited));
        assertThat(this.<List<Account>>read(snapshot -> snapshot.accounts().all()))
                .contains(unlimited)
                .hasSize(2);
    }

    @Test
    void access_keys() {
        AccessKey plain = new AccessKey(
                new AccessKeyId("PLAIN"),
                owner,
                "s3cret",
                true,
                Optional.empty(),
                Optional.empty(),
                fixture.now(),
                fixture.now());
        clock.advance(Duration.ofSeconds(1));
        AccessKey full = new AccessKey(
                new AccessKeyId("FULL"),
                owner,
                "sécret ünd more",
                false,
                Optional.of("ci"),
                Optional.of(fixture.now().plusSeconds(5)),
                fixture.now(),
                fixture.now().plusSeconds(1));
        write(unit -> unit.accessKeys().save(full));
        write(unit -> unit.accessKeys().save(plain));

        assertOne(snapshot -> snapshot.accessKeys().find(full.id())).contains(full);
        assertList(snapshot -> snapshot.accessKeys().ofOwner(owner)).containsExactly(plain, full);
        assertList(snapshot -> snapshot.accessKeys().ofOwner(stranger)).isEmpty();

        write(unit -> unit.accessKeys().delete(full.id()));
        assertOne(snapshot -> snapshot.accessKeys().find(full.id())).isEmpty();
        assertBug(() -> write(unit -> unit.accessKeys()
                .save(new AccessKey(
                        new AccessKeyId("X"),
                        new AccountId("999999999999"),
                        "s",
                        true,
                        Optional.empty(),
                        Optional.empty(),
                        fixture.now(),
                        fixture.now()))));
    }

    @Test
    void failed_subregions() {
        SubregionName a = new SubregionName("eu-west-2a");
        SubregionName b = new SubregionName("eu-west-2b");
        write(unit -> unit.subregions().setFailed(a, true));
        write(unit -> unit.subregions().setFailed(a, true));
        write(unit -> unit.subregions().setFailed(b, true));

        assertThat(this.<Set<SubregionName>>read(
                        snapshot -> snapshot.subregions().failed()))
                .containsExactlyInAnyOrder(a, b);
        assertThat(elsewhere.<Set<SubregionName>>read(
                        snapshot -> snapshot.subregions().failed()))
                .isEmpty();

        write(unit -> unit.subregions().setFailed(a, false));
        assertThat(this.<Set<SubregionName>>read(
                        snapshot -> snapshot.subregions().failed()))
                .containsExactly(b);
    }

    @Test
    void nets() {
        clock.advance(Duration.ofMillis(1));
        Net later = fixture.bareNet(owner, "10.1.0.0/16");
        Net strangers = fixture.bareNet(stranger, "10.0.0.0/28");
        for (NetAttribute attribute : NetAttribute.values()) {
            for (boolean on : List.of(true, false)) {
                Net switched = net.withAttribute(attribute, on);
                write(unit -> unit.nets().save(switched));
                assertOne(snapshot -> snapshot.nets().find(net.id())).contains(switched);
            }
        }
        Net changed = net.withDhcpOptions(DhcpOptionsSetId.KIND.of(0xabcd));
        write(unit -> unit.nets().save(changed));

        assertOne(snapshot -> snapshot.nets().find(net.id())).contains(changed);
        assertOne(snapshot -> snapshot.nets().findInAnyRegion(net.id())).contains(changed);
        assertOne(snapshot -> snapshot.nets().find(NetId.KIND.of(-1))).isEmpty();
        assertList(snapshot -> snapshot.nets().ofOwner(owner)).containsExactly(changed, later);
        assertThat(this.<List<NetId>>read(snapshot -> snapshot.nets().ids()))
                .startsWith(net.id())
                .containsExactlyInAnyOrder(net.id(), later.id(), strangers.id());

        write(unit -> unit.nets().delete(later.id()));
        assertOne(snapshot -> snapshot.nets().find(later.id())).isEmpty();
        assertBug(() -> write(unit -> unit.nets().delete(net.id())));
        assertBug(() -> fixture.bareNet(new AccountId("999999999999"), "10.0.0.0/16"));
    }

    @Test
    void dhcp_options_sets() {
        DhcpOptionsSet set = new DhcpOptionsSet(
                DhcpOptionsSetId.KIND.of(7),
                owner,
                Map.of(
                        DhcpOption.DOMAIN_NAME, List.of("it's.example"),
                        DhcpOption.NTP_SERVERS, List.of("10.0.0.9", "10.0.0.2", "10.0.0.5")),
                fixture.now());
        clock.advance(Duration.ofMillis(1));
        DhcpOptionsSet later = new DhcpOptionsSet(
                DhcpOptionsSetId.KIND.of(6), owner, Map.of(DhcpOption.LOG_SERVERS, List.of("10.0.0.1")), fixture.now());
        write(unit -> unit.dhcpOptionsSets().save(later));
        write(unit -> unit.dhcpOptionsSets().save(set));

        assertOne(snapshot -> snapshot.dhcpOptionsSets().find(set.id())).contains(set);
        assertOne(snapshot -> snapshot.dhcpOptionsSets().find(DhcpOptionsSet.DEFAULT))
                .isEmpty();
        assertList(snapshot -> snapshot.dhcpOptionsSets().ofOwner(owner)).containsExactly(set, later);
        assertList(snapshot -> snapshot.dhcpOptionsSets().ofOwner(stranger)).isEmpty();
        assertList(elsewhere, snapshot -> snapshot.dhcpOptionsSets().ofOwner(owner))
                .isEmpty();

        DhcpOptionsSet changed = new DhcpOptionsSet(set.id(), owner, later.options(), set.createdAt());
        write(unit -> unit.dhcpOptionsSets().save(changed));
        assertOne(snapshot -> snapshot.dhcpOptionsSets().find(set.id())).contains(changed);
        write(unit -> unit.dhcpOptionsSets().delete(later.id()));
        assertList(snapshot -> snapshot.dhcpOptionsSets().ofOwner(owner)).containsExactly(changed);
        assertBug(() -> write(unit -> unit.dhcpOptionsSets()
                .save(new DhcpOptionsSet(
                        DhcpOptionsSetId.KIND.of(8), new AccountId("999999999999"), later.options(), fixture.now()))));
    }

    @Test
    void subnets() {
        clock.advance(Duration.ofMillis(1));
        Subnet later = fixture.subnet(net, "10.0.2.0/24");
        Subnet changed = subnet.withMapPublicIpOnLaunch(true);
        write(unit -> unit.subnets().save(changed));

        assertOne(snapshot -> snapshot.subnets().find(subnet.id())).contains(changed);
        assertOne(snapshot -> snapshot.subnets().find(SubnetId.KIND.of(-1))).isEmpty();
        assertList(snapshot -> snapshot.subnets().ofOwner(owner)).containsExactly(changed, later);
        assertList(snapshot -> snapshot.subnets().ofOwner(stranger)).isEmpty();
        assertList(snapshot -> snapshot.subnets().ofNet(net.id())).containsExactly(changed, later);

        write(unit -> unit.subnets().delete(later.id()));
        assertOne(snapshot -> snapshot.subnets().find(later.id())).isEmpty();
        fixture.nic(subnet, "10.0.1.4");
        assertBug(() -> write(unit -> unit.subnets().delete(subnet.id())));
    }

    @Test
    @Rule("P6")
    void vms() {
        assertThat((boolean) read(snapshot -> snapshot.vms().existsIn(net.id())))
                .isFalse();
        Vm vm = fixture.bareVm(subnet);
        clock.advance(Duration.ofMillis(1));
        Vm later = withToken(fixture.bareVm(subnet), "token");
        write(unit -> unit.vms().save(later));

        assertOne(snapshot -> snapshot.vms().find(vm.id())).contains(vm);
        assertOne(snapshot -> snapshot.vms().find(later.id())).contains(later);
        assertOne(snapshot -> snapshot.vms().find(VmId.KIND.of(-1))).isEmpty();
        assertList(snapshot -> snapshot.vms().ofOwner(owner)).containsExactly(vm, later);
        assertList(snapshot -> snapshot.vms().ofOwner(stranger)).isEmpty();
        assertList(snapshot -> snapshot.vms().ofNet(net.id())).containsExactly(vm, later);
        assertList(snapshot -> snapshot.vms().ofClientToken(owner, "token")).containsExactly(later);
        assertList(snapshot -> snapshot.vms().ofClientToken(stranger, "token")).isEmpty();
        assertThat((boolean) read(snapshot -> snapshot.vms().existsIn(net.id())))
                .isTrue();
        assertBug(() -> write(unit -> unit.subnets().delete(subnet.id())));
    }

    private static Vm withToken(Vm vm, String token) {
        VmSettings settings = new VmSettings(
                "t2.nano", Optional.of("key"), "dXNlcg==", true, "terminate", "medium", true, true, true);
        return new Vm(
                vm.id(),
                vm.owner(),
                vm.net(),
                vm.subnet(),
                vm.subregion(),
                vm.reservation(),
                3,
                Optional.of(token),
                vm.image(),
                new ImageSystem("arm64", "windows", "/dev/xvda", "uefi"),
                VmState.STOPPED,
                vm.stateSince().plusMillis(7),
                settings,
                new VmOptions(
                        new VmOptions.Metadata(true, false, 2, true, true),
                        true,
                        Optional.of("standard"),
                        Optional.of("arn:aws:iam::%s:instance-profile/web".formatted(vm.owner()))),
                true,
                vm.createdAt());
    }

    @Test
    void a_terminated_vm_outlives_its_net_until_it_is_forgotten() {
        Net brief = fixture.bareNet(owner, "10.1.0.0/16");
        Subnet part = fixture.subnet(brief, "10.1.1.0/24");
        Vm vm = fixture.bareVm(part).withState(VmState.TERMINATED, fixture.now());
        write(unit -> {
            unit.vms().save(vm);
            unit.subnets().delete(part.id());
            unit.nets().delete(brief.id());
        });

        assertOne(snapshot -> snapshot.vms().find(vm.id())).contains(vm);
        assertThat((boolean) read(snapshot -> snapshot.vms().existsIn(brief.id())))
                .isFalse();
        assertThat(terminatedBy(vm.stateSince().minusMillis(1), 5)).isEmpty();
        assertThat(terminatedBy(vm.stateSince(), 5)).containsExactly(vm);
        assertThat(terminatedBy(vm.stateSince(), 0)).isEmpty();

        assertThat(this.<Map<VmState, Long>>read(snapshot -> snapshot.vms().countByState()))
                .containsExactlyInAnyOrderEntriesOf(Map.of(VmState.TERMINATED, 1L));
        clock.set(vm.stateSince().plus(Vm.VISIBLE_AFTER_TERMINATION));
        assertThat(this.<Map<VmState, Long>>read(snapshot -> snapshot.vms().countByState()))
                .isEmpty();

        write(unit -> unit.vms().delete(vm.id()));
        assertOne(snapshot -> snapshot.vms().find(vm.id())).isEmpty();
    }

    private List<Vm> terminatedBy(Instant time, int limit) {
        return fixture.change(unit -> unit.vms().terminatedBy(time, limit));
    }

    @Test
    void nics() {
        SecurityGroup group = fixture.defaultGroup(net);
        Vm vm = fixture.bareVm(subnet);
        Nic nic = fixture.nic(subnet, "10.0.1.4");
        clock.advance(Duration.ofMillis(1));
        NicLink link = new NicLink(NicLinkId.KIND.of(9), vm.id(), 2, true);
        Nic later = fixture.nic(subnet, "10.0.1.5", group.id())
                .withAddresses(List.of(Ipv4.parse("10.0.1.9"), Ipv4.parse("10.0.1.5"), Ipv4.parse("10.0.1.7")))
                .withDescription("it's")
                .withSourceDestChecked(false)
                .withLink(Optional.of(link));
        write(unit -> unit.nics().save(later));

        assertOne(snapshot -> snapshot.nics().find(nic.id())).contains(nic);
        assertOne(snapshot -> snapshot.nics().find(later.id())).contains(later);
        assertOne(snapshot -> snapshot.nics().find(NicId.KIND.of(-1))).isEmpty();
        assertOne(snapshot -> snapshot.nics().findByLink(link.id())).contains(later);
        assertList(snapshot -> snapshot.nics().ofOwner(owner)).containsExactly(nic, later);
        assertList(snapshot -> snapshot.nics().ofOwner(stranger)).isEmpty();
        assertList(snapshot -> snapshot.nics().ofNet(net.id())).containsExactly(nic, later);
        assertList(snapshot -> snapshot.nics().ofSubnet(subnet.id())).containsExactly(nic, later);
        assertList(snapshot -> snapshot.nics().ofVm(vm.id())).containsExactly(later);
        assertList(snapshot -> snapshot.nics().ofSecurityGroup(group.id())).containsExactly(later);
        assertBug(() -> write(unit -> unit.vms().delete(vm.id())));
        assertBug(() -> write(unit -> unit.securityGroups().delete(group.id())));
        assertBug(() -> fixture.nic(subnet, "10.0.1.7"));

        write(unit -> unit.nics().save(later.withLink(Optional.empty()).withGroups(List.of())));
        assertOne(snapshot -> snapshot.nics().findByLink(link.id())).isEmpty();
        assertList(snapshot -> snapshot.nics().ofSecurityGroup(group.id())).isEmpty();
        write(unit -> unit.nics().delete(later.id()));
        assertList(snapshot -> snapshot.nics().ofOwner(owner)).containsExactly(nic);
        assertThat(fixture.nic(subnet, "10.0.1.7").addresses()).hasSize(1);
    }

    @Test
    void route_tables() {
        RouteTable main = fixture.mainTable(net);
        clock.advance(Duration.ofMillis(1));
        NetPeeringId peering = NetPeeringId.KIND.of(5);
        RouteTableLink link = new RouteTableLink(RouteTableLinkId.KIND.of(6), Optional.of(subnet.id()));
        RouteTable other = new RouteTable(
                RouteTableId.KIND.of(7),
                net.id(),
                owner,
                List.of(link),
                List.of(
                        new Route(net.range(), new RouteTarget.Local()),
                        new Route(Cidr.parse("10.9.0.0/16"), new RouteTarget.Peering(peering)),
                        new Route(Cidr.parse("10.2.0.0/16"), new RouteTarget.Peering(NetPeeringId.KIND.of(8))),
                        new Route(Cidr.ALL, new RouteTarget.InternetService(InternetServiceId.KIND.of(9))),
                        new Route(Cidr.parse("10.3.0.0/16"), new RouteTarget.NatService(NatServiceId.KIND.of(10))),
                        new Route(Cidr.parse("10.4.0.0/16"), new RouteTarget.Nic(NicId.KIND.of(11)))),
                fixture.now(),
                Optional.of("token"));
        write(unit -> unit.routeTables().save(other));

        assertOne(snapshot -> snapshot.routeTables().find(other.id())).contains(other);
        assertOne(snapshot -> snapshot.routeTables().find(RouteTableId.KIND.of(-1)))
                .isEmpty();
        assertOne(snapshot -> snapshot.routeTables().findOwner(other.id())).contains(owner);
        assertOne(snapshot -> snapshot.routeTables().findOwner(RouteTableId.KIND.of(-1)))
                .isEmpty();
        assertOne(snapshot -> snapshot.routeTables().findByLink(link.id())).contains(other);
        assertOne(snapshot -> snapshot.routeTables()
                        .findByLink(main.links().getFirst().id()))
                .contains(main);
        assertList(snapshot -> snapshot.routeTables().ofOwner(owner)).containsExactly(main, other);
        assertList(snapshot -> snapshot.routeTables().ofOwner(stranger)).isEmpty();
        assertList(snapshot -> snapshot.routeTables().ofNet(net.id())).containsExactly(main, other);
        assertList(snapshot -> snapshot.routeTables().withRouteTo(peering)).containsExactly(other);
        assertOne(snapshot -> snapshot.routeTables().findByClientToken(owner, "token"))
                .contains(other);
        assertOne(snapshot -> snapshot.routeTables().findByClientToken(owner, "other"))
                .isEmpty();
        assertOne(snapshot -> snapshot.routeTables().findByClientToken(stranger, "token"))
                .isEmpty();
        assertBug(() -> write(unit -> unit.subnets().delete(subnet.id())));
        assertBug(() -> write(unit -> unit.routeTables()
                .save(main.withLink(new RouteTableLink(RouteTableLinkId.KIND.of(9), Optional.of(subnet.id()))))));
        assertBug(() -> write(unit -> unit.routeTables()
                .save(other.withLink(new RouteTableLink(RouteTableLinkId.KIND.of(9), Optional.empty())))));

        RouteTable less = other.withoutLink(link.id()).withoutRoute(Cidr.parse("10.9.0.0/16"));
        write(unit -> unit.routeTables().save(less));
        assertOne(snapshot -> snapshot.routeTables().find(other.id())).contains(less);
        assertList(snapshot -> snapshot.routeTables().withRouteTo(peering)).isEmpty();
        write(unit -> unit.routeTables().delete(other.id()));
        assertList(snapshot -> snapshot.routeTables().ofOwner(owner)).containsExactly(main);
    }

    @Test
    void security_groups() {
        SecurityGroup standard = fixture.defaultGroup(net);
        clock.advance(Duration.ofMillis(1));
        SecurityGroup group = new SecurityGroup(
                SecurityGroupId.KIND.of(1_000_000),
                net.id(),
                owner,
                "web",
                "it's web",
                rules(standard.id()),
                fixture.now());
        write(unit -> unit.securityGroups().save(group));

        assertOne(snapshot -> snapshot.securityGroups().find(group.id())).contains(group);
        assertOne(snapshot -> snapshot.securityGroups().find(SecurityGroupId.KIND.of(-1)))
                .isEmpty();
        assertList(snapshot -> snapshot.securityGroups().ofOwner(owner)).containsExactly(standard, group);
        assertList(snapshot -> snapshot.securityGroups().ofOwner(stranger)).isEmpty();
        assertList(snapshot -> snapshot.securityGroups().ofNet(net.id())).containsExactly(standard, group);
        assertList(snapshot -> snapshot.securityGroups().headsNaming(standard.id()))
                .containsExactly(SecurityGroupHead.of(standard), SecurityGroupHead.of(group));
        assertOne(snapshot -> snapshot.securityGroups().findHead(group.id())).contains(SecurityGroupHead.of(group));
        assertOne(snapshot -> snapshot.securityGroups().findHeadByName(net.id(), "web"))
                .contains(SecurityGroupHead.of(group));
        assertOne(snapshot -> snapshot.securityGroups().findHeadByName(net.id(), "other"))
                .isEmpty();
        assertOne(elsewhere, snapshot -> snapshot.securityGroups().findHead(group.id()))
                .isEmpty();
        SecurityGroupRule third = group.rules().get(2);
        assertOne(snapshot -> snapshot.securityGroups().findByRule(third.id()))
                .contains(group.withRules(List.of(third)));
        assertOne(snapshot -> snapshot.securityGroups().findByRule(SecurityGroupRuleId.KIND.of(-1)))
                .isEmpty();
        assertBug(() -> write(unit -> unit.securityGroups()
                .save(new SecurityGroup(
                        SecurityGroupId.KIND.of(1_000_001), net.id(), owner, "web", "", List.of(), fixture.now()))));

        SecurityGroup less = group.withRules(group.rules().subList(0, 2));
        write(unit -> unit.securityGroups().save(less));
        assertOne(snapshot -> snapshot.securityGroups().find(group.id())).contains(less);
        assertList(snapshot -> snapshot.securityGroups().headsNaming(standard.id()))
                .containsExactly(SecurityGroupHead.of(standard));
        write(unit -> unit.securityGroups().delete(group.id()));
        assertList(snapshot -> snapshot.securityGroups().ofOwner(owner)).containsExactly(standard);
    }

    /** One of each kind of traffic and of counterpart. */
    private List<SecurityGroupRule> rules(SecurityGroupId named) {
        Counterpart range = new Counterpart.Range(Cidr.parse("10.0.0.0/8"));
        Counterpart group = new Counterpart.Group(named, stranger);
        return List.of(
                rule(1, Direction.OUTBOUND, new Traffic.All(), range),
                rule(2, Direction.INBOUND, new Traffic.Ports(Traffic.TCP, 0, 65535), range),
                rule(3, Direction.INBOUND, new Traffic.Ports(Traffic.UDP, 53, 53), group),
                rule(4, Direction.INBOUND, new Traffic.Icmp(-1, -1), group),
                rule(5, Direction.INBOUND, new Traffic.Icmp(8, 0), range),
                rule(6, Direction.OUTBOUND, new Traffic.Other(47), new Counterpart.Range(Cidr.ALL)),
                rule(7, Direction.OUTBOUND, new Traffic.All(), new Counterpart.Range(new Ipv6Range("::/0"))));
    }

    private static SecurityGroupRule rule(int id, Direction direction, Traffic traffic, Counterpart counterpart) {
        return new SecurityGroupRule(
                SecurityGroupRuleId.KIND.of(1_000_000 + id), direction, traffic, counterpart, "rule " + id);
    }
}
