package dev.linkspan.server.api.resource.vmtype;

import static dev.linkspan.server.api.listing.Names.ec2;

import dev.linkspan.core.catalogue.VmType;
import dev.linkspan.core.catalogue.VmTypes;
import dev.linkspan.core.id.SubregionName;
import dev.linkspan.core.operation.Subregions;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.wording.Verbatim;
import dev.linkspan.server.api.call.Operation;
import dev.linkspan.server.api.call.Position;
import dev.linkspan.server.api.call.ReadCall;
import dev.linkspan.server.api.ec2.Ec2Listing;
import dev.linkspan.server.api.ec2.Filter;
import dev.linkspan.server.api.ec2.ZoneIds;
import dev.linkspan.server.api.listing.Field;
import dev.linkspan.server.api.listing.Fields;
import dev.linkspan.server.api.listing.Listing;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The actions that tell which instance types there are and where. An instance may be of a type that is not in the catalogue
 * too; a client that names one is told of it what is known of every type.
 */
public final class InstanceTypeActions {

    private static final String BY_NAME = "instance-type";

    record DescribeInstanceTypesRequest(
            List<String> instanceType,
            List<Filter> filter,
            Optional<Boolean> includeUnsupportedInRegion,
            Optional<Integer> maxResults,
            Optional<String> nextToken) {

        Ec2Listing.Asked asked() {
            instanceType.forEach(DescribeInstanceTypesRequest::requireName);
            Filter named = new Filter(BY_NAME, instanceType);
            List<Filter> filters = instanceType.isEmpty()
                    ? filter
                    : Stream.concat(Stream.of(named), filter.stream()).toList();
            return new Ec2Listing.Asked(new Verbatim("InstanceType"), List.of(), filters, maxResults, nextToken);
        }

        private static void requireName(String name) {
            if (!VmTypes.isName(name)) {
                throw Refusal.malformed("InstanceType", name, "the name of a type such as t2.small is expected");
            }
        }
    }

    record DescribeInstanceTypeOfferingsRequest(
            Optional<String> locationType,
            List<Filter> filter,
            Optional<Integer> maxResults,
            Optional<String> nextToken) {}

    /** A type that is offered somewhere. */
    record Offering(String instanceType, String locationType, String location) {}

    private static final Ec2Listing<InstanceTypeItem> TYPES = Ec2Listing.withoutIds(
            "InstanceTypeSet",
            Listing.whole(
                    InstanceTypeItem.FIELDS,
                    (_, criteria) -> names(criteria.named(InstanceTypeItem.NAME)).stream()
                            .map(InstanceTypeItem::of)
                            .toList(),
                    type -> position(type.instanceType())),
            (_, type) -> type);

    private static final Field<Offering, String> OFFERED = Field.text(ec2(BY_NAME), Offering::instanceType);

    private static final Fields<Offering> OFFERING_FIELDS =
            Fields.<Offering>of().with(OFFERED).text(ec2("location"), Offering::location);

    private final Subregions subregions;

    public InstanceTypeActions(Subregions subregions) {
        this.subregions = subregions;
    }

    public List<Operation> operations() {
        return List.of(
                Operation.read(
                        "DescribeInstanceTypes",
                        DescribeInstanceTypesRequest.class,
                        (call, request) -> TYPES.page(call, request.asked())),
                Operation.read(
                        "DescribeInstanceTypeOfferings",
                        DescribeInstanceTypeOfferingsRequest.class,
                        this::describeOfferings));
    }

    private Object describeOfferings(ReadCall call, DescribeInstanceTypeOfferingsRequest request) {
        String locationType = request.locationType().orElse("region");
        List<String> locations = locations(call, locationType);
        Ec2Listing<Offering> offerings = Ec2Listing.withoutIds(
                "InstanceTypeOfferingSet",
                Listing.whole(
                        OFFERING_FIELDS,
                        (_, criteria) -> names(criteria.named(OFFERED)).stream()
                                .flatMap(type ->
                                        locations.stream().map(location -> new Offering(type, locationType, location)))
                                .toList(),
                        offering -> Position.byName(
                                position(offering.instanceType()).key() + " " + offering.location())),
                (_, offering) -> offering);
        return offerings.page(
                call,
                new Ec2Listing.Asked(
                        new Verbatim("InstanceType"),
                        List.of(),
                        request.filter(),
                        request.maxResults(),
                        request.nextToken()));
    }

    private List<String> locations(ReadCall call, String locationType) {
        return switch (locationType) {
            case "region" -> List.of(call.snapshot().region().value());
            case "availability-zone" -> zones(call, SubregionName::value);
            case "availability-zone-id" -> zones(call, ZoneIds::of);
            case "outpost" -> List.of();
            default ->
                throw Refusal.malformed(
                        "LocationType",
                        locationType,
                        "one of region, availability-zone, availability-zone-id, outpost is expected");
        };
    }

    private List<String> zones(ReadCall call, Function<SubregionName, String> called) {
        return subregions.of(call.snapshot().region()).stream().map(called).toList();
    }

    /** Those of the catalogue, or those that are named. */
    private static List<String> names(Optional<List<String>> named) {
        return named.map(names -> names.stream().filter(VmTypes::isName).toList())
                .orElseGet(() -> VmTypes.all().stream().map(VmType::name).toList());
    }

    /** As the catalogue has them, and others behind them by name. */
    private static Position position(String name) {
        int place = VmTypes.placeOf(name).orElse(9999);
        return Position.byName("%04d %s".formatted(place, name));
    }
}
