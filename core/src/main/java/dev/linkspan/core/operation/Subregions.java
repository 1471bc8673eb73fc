package dev.linkspan.core.operation;

import dev.linkspan.core.event.EventType;
import dev.linkspan.core.event.Fact;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.Region;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.id.SubregionName;
import dev.linkspan.core.net.Subnet;
import dev.linkspan.core.port.Snapshot;
import dev.linkspan.core.port.UnitOfWork;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.core.wording.Parameter;
import dev.linkspan.core.wording.Term;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The server's Regions and their Subregions, and the operator's drill of failing one and healing it. */
public final class Subregions {

    private final List<Region> regions;

    /** @param regions in the order that the operator named them */
    public Subregions(Collection<Region> regions) {
        this.regions = List.copyOf(regions);
    }

    public List<Region> regions() {
        return regions;
    }

    public List<SubregionName> of(RegionName region) {
        return regions.stream()
                .filter(it -> it.name().equals(region))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("BUG: the server has no Region " + region))
                .subregions();
    }

    /** The one that is meant where none is named. */
    public SubregionName defaultOf(RegionName region) {
        return of(region).getFirst();
    }

    /** The Region in which a Subregion is; refused where none has it. */
    public RegionName regionOf(SubregionName name) {
        return regions.stream()
                .filter(region -> region.subregions().contains(name))
                .map(Region::name)
                .findFirst()
                .orElseThrow(() -> unknown(Parameter.SUBREGION, name));
    }

    /** Refuses what is no Subregion of the Region. */
    public void require(RegionName region, Term parameter, SubregionName name) {
        if (!of(region).contains(name)) {
            throw unknown(parameter, name);
        }
    }

    private static Refusal unknown(Term parameter, SubregionName name) {
        return new Refusal(RefusalCode.UNKNOWN_SUBREGION, "The %s '%s' doesn't exist.", parameter, name);
    }

    /** From now on no NIC of this Subregion exchanges packets; everything stays as it is on record. */
    public void fail(UnitOfWork unit, SubregionName name) {
        change(unit, name, true);
    }

    /** Ends a failure. */
    public void heal(UnitOfWork unit, SubregionName name) {
        change(unit, name, false);
    }

    private void change(UnitOfWork unit, SubregionName name, boolean failed) {
        require(unit.region(), Parameter.SUBREGION, name);
        if (unit.subregions().failed().contains(name) == failed) {
            return;
        }
        unit.subregions().setFailed(name, failed);
        EventType type = failed ? EventType.SUBREGION_FAILED : EventType.SUBREGION_HEALED;
        unit.record(new Fact(type, name.value(), Set.of(), netsIn(unit, name), failed ? "failed" : "healed"));
    }

    /** The Nets that have a NIC there. */
    static Set<NetId> netsIn(Snapshot snapshot, SubregionName name) {
        return snapshot.nets().ids().stream()
                .flatMap(net -> snapshot.subnets().ofNet(net).stream())
                .filter(subnet -> subnet.subregion().equals(name))
                .filter(subnet -> !snapshot.nics().ofSubnet(subnet.id()).isEmpty())
                .map(Subnet::net)
                .collect(Collectors.toSet());
    }
}
