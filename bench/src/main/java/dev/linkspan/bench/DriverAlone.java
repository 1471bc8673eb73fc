package dev.linkspan.bench;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.address.CidrSet;
import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.address.MacAddress;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.id.RouteTableId;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.id.SubnetId;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.plan.FilterRule;
import dev.linkspan.core.plan.NetPlan;
import dev.linkspan.core.plan.NetPlan.Filter;
import dev.linkspan.core.plan.NetPlan.PeeringLink;
import dev.linkspan.core.plan.NetPlan.Port;
import dev.linkspan.core.plan.NetPlan.Table;
import dev.linkspan.core.plan.NetPlan.Way;
import dev.linkspan.core.port.NetworkDriver;
import dev.linkspan.core.port.UnitOfWork;
import dev.linkspan.core.securitygroup.Traffic;
import dev.linkspan.server.network.netns.NetnsDriver;
import java.util.List;
import java.util.Map;

/** Two Nets like those that a server connects, with nothing but the driver behind them: no calls, store or planner. */
final class DriverAlone implements AutoCloseable {

    private static final NetPeeringId PEERING = new NetPeeringId("pcx-00000001");

    private final Undoing undoing = new Undoing();
    private final NetworkDriver driver;
    private final Side near = new Side(1);
    private final Side far = new Side(2);

    DriverAlone() {
        driver = NetnsDriver.open(RunFolders.folder("driver", undoing));
        undoing.later(driver::close);
        part();
    }

    /** Makes the changes that an acceptance and two routes cause, and returns how many nanoseconds they took. */
    long connect() {
        long began = System.nanoTime();
        driver.apply(near.peered(far, Map.of()));
        driver.apply(far.peered(near, Map.of()));
        driver.apply(near.peered(far, near.wayTo(far)));
        driver.apply(far.peered(near, far.wayTo(near)));
        return System.nanoTime() - began;
    }

    void part() {
        driver.apply(near.alone());
        driver.apply(far.alone());
    }

    @Override
    public void close() {
        undoing.close();
    }

    /** A Net with one VM that admits everybody; the number is all that tells it from the other. */
    private record Side(int number) {

        private NetId net() {
            return new NetId(id("vpc-"));
        }

        private Cidr range() {
            return Cidr.parse("10.%d.0.0/16".formatted(number));
        }

        Map<Cidr, Way> wayTo(Side other) {
            return Map.of(other.range(), Way.through(PEERING));
        }

        NetPlan alone() {
            return plan(Map.of(), Map.of());
        }

        NetPlan peered(Side other, Map<Cidr, Way> routes) {
            return plan(Map.of(PEERING, new PeeringLink(PEERING, other.net(), other.range())), routes);
        }

        private NetPlan plan(Map<NetPeeringId, PeeringLink> peerings, Map<Cidr, Way> routes) {
            Cidr subnet = Cidr.parse("10.%d.1.0/24".formatted(number));
            RouteTableId table = new RouteTableId(id("rtb-"));
            SecurityGroupId group = new SecurityGroupId(id("sg-"));
            List<FilterRule> everything =
                    List.of(new FilterRule(new Traffic.All(), CidrSet.of(List.of(Cidr.ALL)), List.of()));
            Port port = new Port(
                    new NicId(id("eni-")),
                    new VmId(id("i-")),
                    0,
                    new MacAddress(0x060000000000L + number),
                    List.of(Ipv4.parse("10.%d.1.10".formatted(number))),
                    subnet,
                    table,
                    List.of(group),
                    true,
                    true);
            return new NetPlan(
                    net(),
                    range(),
                    Map.of(new SubnetId(id("subnet-")), subnet),
                    Map.of(port.nic(), port),
                    peerings,
                    Map.of(table, new Table(table, routes)),
                    Map.of(group, new Filter(group, everything, everything)),
                    Map.of());
        }

        private String id(String prefix) {
            return "%s%08x".formatted(prefix, UnitOfWork.FIRST_ID + number);
        }
    }
}
