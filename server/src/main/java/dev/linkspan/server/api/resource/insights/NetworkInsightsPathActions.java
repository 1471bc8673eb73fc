package dev.linkspan.server.api.resource.insights;

import static dev.linkspan.server.api.listing.Names.ec2;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.InsightsPathId;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.id.ResourceId;
import dev.linkspan.core.insights.InsightsPath;
import dev.linkspan.core.insights.PacketFilter;
import dev.linkspan.core.insights.PathQuestion;
import dev.linkspan.core.operation.InsightsPaths;
import dev.linkspan.core.operation.Tags;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.securitygroup.Traffic;
import dev.linkspan.core.wording.Parameter;
import dev.linkspan.server.api.call.Call;
import dev.linkspan.server.api.call.ChangeCall;
import dev.linkspan.server.api.call.Operation;
import dev.linkspan.server.api.call.Position;
import dev.linkspan.server.api.call.ReadCall;
import dev.linkspan.server.api.ec2.Arns;
import dev.linkspan.server.api.ec2.Ec2Listing;
import dev.linkspan.server.api.ec2.Filter;
import dev.linkspan.server.api.ec2.TagItem;
import dev.linkspan.server.api.ec2.TagSpecification;
import dev.linkspan.server.api.json.Required;
import dev.linkspan.server.api.listing.Criteria;
import dev.linkspan.server.api.listing.Field;
import dev.linkspan.server.api.listing.Fields;
import dev.linkspan.server.api.listing.Listing;
import dev.linkspan.server.api.listing.Names;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The actions on network insights paths: questions whether one end reaches another, which are kept to be asked again. */
public final class NetworkInsightsPathActions {

    static final Ec2Listing.PageSizes PAGE_SIZES = new Ec2Listing.PageSizes(1, 100);

    private static final String RESOURCE_TYPE = "network-insights-path";

    private static final Pattern ARN = Pattern.compile("arn:aws:ec2:([^:]*):[0-9]{12}:[a-z-]+/(.*)");

    /**
     * @param source an instance, a network interface, a peering through which the packet comes, or an internet gateway by
     *     which it does; an id or an ARN
     * @param destination the same; absent where {@code destinationIp} alone is meant
     * @param clientToken by which a call that is repeated makes no second path
     */
    record CreateNetworkInsightsPathRequest(
            @Required String source,
            Optional<String> destination,
            Optional<Ipv4> sourceIp,
            Optional<Ipv4> destinationIp,
            @Required String protocol,
            Optional<Integer> destinationPort,
            Optional<PathFilterShape> filterAtSource,
            Optional<PathFilterShape> filterAtDestination,
            Optional<String> clientToken,
            List<TagSpecification> tagSpecification) {

        PathQuestion question(RegionName region) {
            return new PathQuestion(
                    end(region, "Source", source),
                    destination.map(text -> end(region, "Destination", text)),
                    sourceIp,
                    destinationIp,
                    protocolNumber(),
                    destinationPort,
                    filterAtSource.map(it -> it.filter("FilterAtSource")).orElse(PacketFilter.NONE),
                    filterAtDestination
                            .map(it -> it.filter("FilterAtDestination"))
                            .orElse(PacketFilter.NONE));
        }

        /** EC2's own examples write it in upper case. */
        private int protocolNumber() {
            return switch (protocol.toLowerCase(Locale.ROOT)) {
                case "tcp" -> Traffic.TCP;
                case "udp" -> Traffic.UDP;
                default -> throw Refusal.malformed("Protocol", protocol, "tcp or udp is expected");
            };
        }
    }

    record DeleteNetworkInsightsPathRequest(@Required InsightsPathId networkInsightsPathId) {}

    record DescribeNetworkInsightsPathsRequest(
            List<InsightsPathId> networkInsightsPathId,
            List<Filter> filter,
            Optional<Integer> maxResults,
            Optional<String> nextToken) {}

    record Answer(Item networkInsightsPath) {}

    record DeletedAnswer(InsightsPathId networkInsightsPathId) {}

    record Item(
            InsightsPathId networkInsightsPathId,
            String networkInsightsPathArn,
            Instant createdDate,
            String source,
            String sourceArn,
            Optional<String> destination,
            Optional<String> destinationArn,
            Optional<Ipv4> sourceIp,
            Optional<Ipv4> destinationIp,
            String protocol,
            Optional<Integer> destinationPort,
            Optional<PathFilterShape> filterAtSource,
            Optional<PathFilterShape> filterAtDestination,
            List<TagItem> tagSet) {

        static Item of(Call call, InsightsPath path) {
            PathQuestion question = path.question();
            Function<ResourceId, String> arn = id -> Arns.of(call.snapshot().region(), path.owner(), id);
            return new Item(
                    path.id(),
                    arn.apply(path.id()),
                    path.createdAt(),
                    question.source().value(),
                    arn.apply(question.source()),
                    question.destination().map(ResourceId::value),
                    question.destination().map(arn),
                    question.sourceAddress(),
                    question.destinationAddress(),
                    question.packet().protocolName(),
                    question.destinationPort(),
                    PathFilterShape.of(question.atSource()),
                    PathFilterShape.of(question.atDestination()),
                    TagItem.of(call, path.id()));
        }
    }

    private static final Field<InsightsPath, InsightsPathId> ID =
            Field.id(Names.none(), InsightsPathId.KIND, InsightsPath::id);

    private static final Fields<InsightsPath> FIELDS = Fields.<InsightsPath>of()
            .text(ec2("source"), path -> path.question().source().value())
            .text(ec2("destination"), path -> path.question().destination().map(ResourceId::value))
            .number(ec2("destination-port"), path -> path.question().destinationPort())
            .text(ec2("protocol"), path -> path.question().packet().protocolName())
            .with(packetFields("filter-at-source", PathQuestion::atSource))
            .with(packetFields("filter-at-destination", PathQuestion::atDestination))
            .tags(InsightsPath::id);

    private static final Ec2Listing<InsightsPath> LISTING = new Ec2Listing<>(
            "NetworkInsightsPathSet",
            Listing.whole(
                    FIELDS,
                    NetworkInsightsPathActions::candidates,
                    path -> Position.byCreation(path.createdAt(), path.id())),
            ID,
            Item::of);

    private final InsightsPaths paths;
    private final Tags tags;

    public NetworkInsightsPathActions(InsightsPaths paths, Tags tags) {
        this.paths = paths;
        this.tags = tags;
    }

    public List<Operation> operations() {
        return List.of(
                Operation.change("CreateNetworkInsightsPath", CreateNetworkInsightsPathRequest.class, this::create),
                Operation.change("DeleteNetworkInsightsPath", DeleteNetworkInsightsPathRequest.class, this::delete),
                Operation.read(
                        "DescribeNetworkInsightsPaths",
                        DescribeNetworkInsightsPathsRequest.class,
                        NetworkInsightsPathActions::describe));
    }

    private Object create(ChangeCall call, CreateNetworkInsightsPathRequest request) {
        PathQuestion question = request.question(call.snapshot().region());
        InsightsPath path = paths.create(call.work(), call.caller(), question, request.clientToken());
        TagSpecification.apply(call, tags, request.tagSpecification(), RESOURCE_TYPE, path.id());
        return new Answer(Item.of(call, path));
    }

    private Object delete(ChangeCall call, DeleteNetworkInsightsPathRequest request) {
        paths.delete(call.work(), call.caller(), request.networkInsightsPathId());
        return new DeletedAnswer(request.networkInsightsPathId());
    }

    private static Object describe(ReadCall call, DescribeNetworkInsightsPathsRequest request) {
        return LISTING.page(
                call,
                new Ec2Listing.Asked(
                        Parameter.INSIGHTS_PATH,
                        request.networkInsightsPathId(),
                        request.filter(),
                        request.maxResults(),
                        request.nextToken(),
                        PAGE_SIZES));
    }

    private static Fields<InsightsPath> packetFields(String name, Function<PathQuestion, PacketFilter> filter) {
        Function<InsightsPath, PacketFilter> at = path -> filter.apply(path.question());
        return Fields.<InsightsPath>of()
                .text(ec2(name + ".source-address"), path -> at.apply(path).sourceAddress())
                .text(ec2(name + ".source-port-range"), path -> at.apply(path).sourcePorts())
                .text(ec2(name + ".destination-address"), path -> at.apply(path).destinationAddress())
                .text(
                        ec2(name + ".destination-port-range"),
                        path -> at.apply(path).destinationPorts());
    }

    private static List<InsightsPath> candidates(ReadCall call, Criteria<InsightsPath> criteria) {
        return criteria.named(ID)
                .map(ids -> ids.stream()
                        .flatMap(id -> call.snapshot().insightsPaths().find(id).stream())
                        .filter(path -> path.owner().equals(call.caller()))
                        .toList())
                .orElseGet(() -> call.snapshot().insightsPaths().ofOwner(call.caller()));
    }

    private static ResourceId end(RegionName region, String parameter, String text) {
        Matcher arn = ARN.matcher(text);
        boolean named = arn.matches();
        if (named && !arn.group(1).equals(region.value())) {
            throw Refusal.badValue(parameter, text, "a resource of this Region, %s, is expected", region);
        }
        return ResourceId.tryParse(named ? arn.group(2) : text)
                .orElseThrow(
                        () -> Refusal.malformed(
                                parameter,
                                text,
                                "the id or ARN of an instance, of a network interface, of a VPC peering or of an internet gateway is expected"));
    }
}
