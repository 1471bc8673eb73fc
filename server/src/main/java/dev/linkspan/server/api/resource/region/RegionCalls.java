package dev.linkspan.server.api.resource.region;

import static dev.linkspan.server.api.listing.Names.outscale;

import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.id.SubregionName;
import dev.linkspan.core.operation.Subregions;
import dev.linkspan.server.api.call.Operation;
import dev.linkspan.server.api.call.Position;
import dev.linkspan.server.api.call.ReadCall;
import dev.linkspan.server.api.listing.Fields;
import dev.linkspan.server.api.listing.Listing;
import dev.linkspan.server.api.oapi.OapiListing;
import java.util.List;
import java.util.Set;

/** The calls that tell which Regions and Subregions there are. */
public final class RegionCalls {

    record ReadRegionsResponse(List<RegionAnswer> regions) {}

    record RegionAnswer(RegionName regionName, String endpoint) {}

    record SubregionAnswer(SubregionName subregionName, RegionName regionName, String state, String locationCode) {}

    /** A Subregion as it is at the time of the read. */
    private record Seen(SubregionName name, RegionName region, int place, boolean failed) {

        String state() {
            return failed ? "unavailable" : "available";
        }
    }

    private static final Fields<Seen> FIELDS = Fields.<Seen>of()
            .text(outscale("SubregionNames"), Seen::name)
            .text(outscale("RegionNames"), Seen::region)
            .text(outscale("States"), Seen::state);

    private final Subregions subregions;
    private final String domain;

    /** @param domain what the names of the Regions' endpoints end in: {@code api.<region>.<domain>} (A5) */
    public RegionCalls(Subregions subregions, String domain) {
        this.subregions = subregions;
        this.domain = domain;
    }

    public List<Operation> operations() {
        OapiListing<Seen, SubregionAnswer> listing = new OapiListing<>(
                "Subregions",
                SubregionAnswer.class,
                Listing.whole(
                        FIELDS, (call, _) -> candidates(call), seen -> Position.byName("%04d".formatted(seen.place()))),
                (_, seen) -> answer(seen));
        return List.of(
                Operation.open("ReadRegions", Operation.Nothing.class, ReadRegionsResponse.class, _ -> regions()),
                listing.operation("ReadSubregions"));
    }

    private ReadRegionsResponse regions() {
        return new ReadRegionsResponse(subregions.regions().stream()
                .map(region -> new RegionAnswer(region.name(), "api.%s.%s".formatted(region.name(), domain)))
                .toList());
    }

    /** Those of the caller's Region, in the order that the operator named them. */
    private List<Seen> candidates(ReadCall call) {
        RegionName region = call.snapshot().region();
        Set<SubregionName> failed = call.snapshot().silentSubregions();
        List<SubregionName> names = subregions.of(region);
        return names.stream()
                .map(name -> new Seen(name, region, names.indexOf(name), failed.contains(name)))
                .toList();
    }

    /** No Subregion is anywhere but in itself, so its place has its name. */
    private static SubregionAnswer answer(Seen seen) {
        return new SubregionAnswer(
                seen.name(), seen.region(), seen.state(), seen.name().value());
    }
}
