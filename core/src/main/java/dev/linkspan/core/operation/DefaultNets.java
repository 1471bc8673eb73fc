package dev.linkspan.core.operation;

import dev.linkspan.core.account.Quota;
import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.event.EventType;
import dev.linkspan.core.event.Fact;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.SubnetId;
import dev.linkspan.core.id.SubregionName;
import dev.linkspan.core.internet.InternetService;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.net.NetAttribute;
import dev.linkspan.core.net.Subnet;
import dev.linkspan.core.port.Snapshot;
import dev.linkspan.core.port.UnitOfWork;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.core.routing.RequestedTarget;
import dev.linkspan.core.routing.RouteTable;
import dev.linkspan.core.securitygroup.SecurityGroup;
import dev.linkspan.core.wording.Noun;
import dev.linkspan.core.wording.Parameter;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The Net of an account in a Region that EC2's clients mean where they name none: it has a Subnet in each Subregion, whose
 * machines have public addresses, and a way outside. Else it is a Net like others, also to the OUTSCALE API, which has no word
 * for it.
 */
public final class DefaultNets {

    /** Every account's is the same, so no two of them can be peered. */
    public static final Cidr RANGE = Cidr.parse("172.31.0.0/16");

    private static final int SUBNET_PREFIX = 20;
    private static final int MOST_SUBNETS = 1 << (SUBNET_PREFIX - 16);

    private final Subregions subregions;
    private final Nets nets = new Nets();
    private final InternetServices services = new InternetServices();
    private final RouteTables tables = new RouteTables();

    public DefaultNets(Subregions subregions) {
        this.subregions = subregions;
    }

    public static Optional<Net> of(Snapshot snapshot, AccountId account) {
        return snapshot.nets().ofOwner(account).stream().filter(Net::isDefault).findFirst();
    }

    /** Gives an account its default Net, once: who deletes it does not get another one unasked. */
    public void give(UnitOfWork unit, AccountId account) {
        if (unit.nets().wasGivenDefault(account)) {
            return;
        }
        unit.nets().setGivenDefault(account);
        if (of(unit, account).isEmpty()) {
            create(unit, account);
        }
    }

    /** Makes the default Net of an account that has none. */
    public Net create(UnitOfWork unit, AccountId account) {
        of(unit, account).ifPresent(there -> {
            throw new Refusal(
                            RefusalCode.DEFAULT_EXISTS,
                            "Account %s has the default %s '%s' in %s already.",
                            account,
                            Noun.NET,
                            there.id(),
                            unit.region())
                    .about(there.id());
        });
        Net net = nets.create(unit, account, RANGE, Net.DEFAULT_TENANCY)
                .withAttribute(NetAttribute.DNS_HOSTNAMES, true)
                .asDefault();
        unit.nets().save(net);
        subregions.of(unit.region()).stream()
                .limit(MOST_SUBNETS)
                .forEach(subregion -> createSubnet(unit, account, subregion));
        InternetService service = services.create(unit, account);
        services.link(unit, account, service.id(), net.id());
        RouteTable main = unit.routeTables().ofNet(net.id()).getFirst();
        tables.createRoute(unit, account, main.id(), Cidr.ALL, new RequestedTarget.InternetService(service.id()));
        return net;
    }

    /** Makes the default Subnet of a Subregion where there is none. */
    public Subnet createSubnet(UnitOfWork unit, AccountId account, SubregionName subregion) {
        Net net = require(unit, account);
        subregions.require(unit.region(), Parameter.SUBREGION, subregion);
        List<Subnet> others = unit.subnets().ofNet(net.id());
        others.stream()
                .filter(other -> other.isDefault() && other.subregion().equals(subregion))
                .findFirst()
                .ifPresent(other -> {
                    throw new Refusal(
                                    RefusalCode.DEFAULT_EXISTS,
                                    "The %s '%s' has the default Subnet '%s' already.",
                                    Noun.SUBREGION,
                                    subregion,
                                    other.id())
                            .about(other.id());
                });
        Quotas.require(unit, account, Quota.SUBNETS_PER_NET, others.size() + 1, net.id());
        Subnet subnet = new Subnet(
                        unit.newId(SubnetId.KIND),
                        net.id(),
                        account,
                        subregion,
                        freeRange(net, others),
                        true,
                        unit.now())
                .asDefault();
        unit.subnets().save(subnet);
        String detail = "%s of %s in %s".formatted(subnet.range(), net.id(), subregion);
        unit.record(new Fact(EventType.SUBNET_CREATED, subnet.id().value(), Set.of(account), Set.of(net.id()), detail));
        return subnet;
    }

    private static Cidr freeRange(Net net, List<Subnet> others) {
        return IntStream.range(0, MOST_SUBNETS)
                .mapToObj(place -> new Cidr(net.range().network().plus(place << (32 - SUBNET_PREFIX)), SUBNET_PREFIX))
                .filter(range ->
                        others.stream().noneMatch(other -> other.range().overlaps(range)))
                .findFirst()
                .orElseThrow(() -> new Refusal(
                                RefusalCode.SUBNET_OVERLAP,
                                "The default %s '%s' has no free /%d left.",
                                Noun.NET,
                                net.id(),
                                SUBNET_PREFIX)
                        .about(net.id()));
    }

    /** The account's default Net, which is meant because none is named. */
    public static Net require(Snapshot snapshot, AccountId account) {
        return of(snapshot, account)
                .orElseThrow(() -> new Refusal(
                        RefusalCode.NO_DEFAULT_NET,
                        "Account %s has no default %s in %s, and none is named: CreateDefaultVpc makes one, and a server with the setting default-nets gives one to every account.",
                        account,
                        Noun.NET,
                        snapshot.region()));
    }

    /**
     * The default Subnet that is meant because none is named.
     *
     * @param subregion where it must be; in the first one that has any, if empty
     */
    public static Subnet requireSubnet(Snapshot snapshot, AccountId account, Optional<SubregionName> subregion) {
        Net net = require(snapshot, account);
        return snapshot.subnets().ofNet(net.id()).stream()
                .filter(Subnet::isDefault)
                .filter(subnet -> subregion.isEmpty() || subnet.subregion().equals(subregion.get()))
                .min(Comparator.comparing(subnet -> subnet.subregion().value()))
                .orElseThrow(() -> new Refusal(
                                RefusalCode.NO_DEFAULT_NET,
                                "The default %s '%s' has no default Subnet%s, and none is named: CreateDefaultSubnet makes one.",
                                Noun.NET,
                                net.id(),
                                subregion.map(it -> " in " + it).orElse(""))
                        .about(net.id()));
    }

    /** The group that is meant by a name alone: that of the default Net, else the only one of this name. */
    public static SecurityGroup groupNamed(Snapshot snapshot, AccountId account, String name) {
        return of(snapshot, account).stream()
                .flatMap(net -> snapshot.securityGroups().ofNet(net.id()).stream())
                .filter(group -> group.name().equals(name))
                .findFirst()
                .orElseGet(() -> new SecurityGroups().named(snapshot, account, name));
    }
}
