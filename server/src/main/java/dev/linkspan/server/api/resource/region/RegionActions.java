package dev.linkspan.server.api.resource.region;

import static dev.linkspan.server.api.listing.Names.ec2;

import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.id.SubregionName;
import dev.linkspan.core.operation.Subregions;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.wording.Verbatim;
import dev.linkspan.server.api.call.Operation;
import dev.linkspan.server.api.call.ReadCall;
import dev.linkspan.server.api.ec2.Ec2Filters;
import dev.linkspan.server.api.ec2.Filter;
import dev.linkspan.server.api.ec2.ZoneIds;
import dev.linkspan.server.api.listing.Fields;
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

    private static final Fields<RegionItem> REGION_FIELDS = Fields.<RegionItem>of()
            .text(ec2("region-name"), RegionItem::regionName)
            .text(ec2("endpoint"), RegionItem::regionEndpoint)
            .text(ec2("opt-in-status"), RegionItem::optInStatus);

    private static final Fields<ZoneItem> ZONE_FIELDS = Fields.<ZoneItem>of()
            .text(ec2("zone-name"), ZoneItem::zoneName)
            .text(ec2("zone-id"), ZoneItem::zoneId)
            .text(ec2("zone-type"), ZoneItem::zoneType)
            .text(ec2("state"), ZoneItem::zoneState)
            .text(ec2("region-name"), ZoneItem::regionName)
            .text(ec2("group-name"), ZoneItem::groupName)
            .text(ec2("opt-in-status"), ZoneItem::optInStatus)
            .absent(ec2("group-long-name"), ec2("message"), ec2("parent-zone-id"), ec2("parent-zone-name"));

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
        return new RegionsAnswer(matching(all, REGION_FIELDS, request.filter())
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
                        ZoneIds.of(name),
                        call.snapshot().subregions().failed().contains(name) ? "unavailable" : "available",
                        region,
                        region.value(),
                        region.value(),
                        "availability-zone",
                        OPTED_IN))
                .toList();
        request.zoneId().forEach(id -> subregions.require(region, new Verbatim("ZoneId"), ZoneIds.named(region, id)));
        return new ZonesAnswer(matching(all, ZONE_FIELDS, request.filter())
                .filter(zone ->
                        request.zoneName().isEmpty() || request.zoneName().contains(zone.zoneName()))
                .filter(zone -> request.zoneId().isEmpty()
                        || request.zoneId().stream()
                                .anyMatch(id -> ZoneIds.named(region, id).equals(zone.zoneName())))
                .toList());
    }

    private static <T> Stream<T> matching(List<T> all, Fields<T> fields, List<Filter> given) {
        return all.stream().filter(Ec2Filters.criteria(fields, given)::accepts);
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
