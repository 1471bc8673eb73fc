package dev.linkspan.server.api.ec2;

import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.id.SubregionName;
import dev.linkspan.core.operation.Subregions;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.wording.Verbatim;
import dev.linkspan.server.api.call.Operation;
import dev.linkspan.server.api.call.ReadCall;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The actions that tell which Regions and Availability Zones (Subregions) there are, and what an account can use. */
public final class RegionActions {

    record DescribeRegionsRequest(List<RegionName> regionName, List<Filter> filter, Optional<Boolean> allRegions) {}

    record DescribeAvailabilityZonesRequest(
            List<SubregionName> zoneName,
            List<String> zoneId,
            List<Filter> filter,
            Optional<Boolean> allAvailabilityZones) {}

    record DescribeAccountAttributesRequest(List<String> attributeName) {}

    record RegionsAnswer(List<RegionItem> regionInfo) {}

    record RegionItem(RegionName regionName, String regionEndpoint, String optInStatus) {}

    record ZonesAnswer(List<ZoneItem> availabilityZoneInfo) {}

    record ZoneItem(
            SubregionName zoneName,
            String zoneId,
            String zoneState,
            RegionName regionName,
            String groupName,
            String networkBorderGroup,
            String zoneType,
            String optInStatus) {}

    record AttributesAnswer(List<AttributeItem> accountAttributeSet) {}

    record AttributeItem(String attributeName, List<ValueItem> attributeValueSet) {}

    record ValueItem(String attributeValue) {}

    private static final String OPTED_IN = "opt-in-not-required";

    private static final Ec2Filters<RegionItem> REGION_FILTERS = Ec2Filters.<RegionItem>of()
            .with("region-name", RegionItem::regionName)
            .with("endpoint", RegionItem::regionEndpoint)
            .with("opt-in-status", RegionItem::optInStatus);

    private static final Ec2Filters<ZoneItem> ZONE_FILTERS = Ec2Filters.<ZoneItem>of()
            .with("zone-name", ZoneItem::zoneName)
            .with("zone-id", ZoneItem::zoneId)
            .with("zone-type", ZoneItem::zoneType)
            .with("state", ZoneItem::zoneState)
            .with("region-name", ZoneItem::regionName)
            .with("group-name", ZoneItem::groupName)
            .with("opt-in-status", ZoneItem::optInStatus);

    /** Nothing but VPCs, none of them a default one. */
    private static final Map<String, String> ATTRIBUTES = Map.of("supported-platforms", "VPC", "default-vpc", "none");

    private final Subregions subregions;
    private final String domain;

    /** @param domain what the names of the Regions' endpoints end in */
    public RegionActions(Subregions subregions, String domain) {
        this.subregions = subregions;
        this.domain = domain;
    }

    public List<Operation> operations() {
        return List.of(
                Operation.read("DescribeRegions", DescribeRegionsRequest.class, (_, request) -> regions(request)),
                Operation.read("DescribeAvailabilityZones", DescribeAvailabilityZonesRequest.class, this::zones),
                Operation.read(
                        "DescribeAccountAttributes",
                        DescribeAccountAttributesRequest.class,
                        (_, request) -> attributes(request)));
    }

    private Object regions(DescribeRegionsRequest request) {
        List<RegionItem> all = subregions.regions().stream()
                .map(region -> new RegionItem(region.name(), "fcu.%s.%s".formatted(region.name(), domain), OPTED_IN))
                .toList();
        for (RegionName name : request.regionName()) {
            if (all.stream().noneMatch(region -> region.regionName().equals(name))) {
                throw Refusal.badValue("RegionName", name, "it is none of this server's");
            }
        }
        return new RegionsAnswer(matching(all, REGION_FILTERS, request.filter())
                .filter(region ->
                        request.regionName().isEmpty() || request.regionName().contains(region.regionName()))
                .toList());
    }

    private Object zones(ReadCall call, DescribeAvailabilityZonesRequest request) {
        RegionName region = call.snapshot().region();
        request.zoneName().forEach(name -> subregions.require(region, new Verbatim("ZoneName"), name));
        List<ZoneItem> all = subregions.of(region).stream()
                .map(name -> new ZoneItem(
                        name,
                        name.value(),
                        call.snapshot().subregions().failed().contains(name) ? "unavailable" : "available",
                        region,
                        region.value(),
                        region.value(),
                        "availability-zone",
                        OPTED_IN))
                .toList();
        for (String id : request.zoneId()) {
            if (all.stream().noneMatch(zone -> zone.zoneId().equals(id))) {
                throw Refusal.badValue("ZoneId", id, "it is none of this Region's");
            }
        }
        return new ZonesAnswer(matching(all, ZONE_FILTERS, request.filter())
                .filter(zone ->
                        request.zoneName().isEmpty() || request.zoneName().contains(zone.zoneName()))
                .filter(zone -> request.zoneId().isEmpty() || request.zoneId().contains(zone.zoneId()))
                .toList());
    }

    private static <T> Stream<T> matching(List<T> all, Ec2Filters<T> table, List<Filter> given) {
        return all.stream().filter(table.predicate(given, _ -> List.of()));
    }

    private static Object attributes(DescribeAccountAttributesRequest request) {
        for (String name : request.attributeName()) {
            if (!ATTRIBUTES.containsKey(name)) {
                throw Refusal.badValue(
                        "AttributeName",
                        name,
                        "one of %s is expected",
                        String.join(", ", ATTRIBUTES.keySet().stream().sorted().toList()));
            }
        }
        return new AttributesAnswer(ATTRIBUTES.entrySet().stream()
                .filter(attribute -> request.attributeName().isEmpty()
                        || request.attributeName().contains(attribute.getKey()))
                .sorted(Map.Entry.comparingByKey())
                .map(attribute -> new AttributeItem(attribute.getKey(), List.of(new ValueItem(attribute.getValue()))))
                .toList());
    }
}
