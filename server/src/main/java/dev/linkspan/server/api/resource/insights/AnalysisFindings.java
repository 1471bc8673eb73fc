package dev.linkspan.server.api.resource.insights;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.InternetServiceId;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.operation.Finding;
import dev.linkspan.core.reachability.Leg;
import dev.linkspan.core.reachability.Site;
import dev.linkspan.core.reachability.Step;
import dev.linkspan.core.reachability.Trace;
import dev.linkspan.core.securitygroup.Direction;
import dev.linkspan.core.securitygroup.Traffic;
import dev.linkspan.server.api.ec2.Ec2Words;
import dev.linkspan.server.api.json.StrictJson;
import dev.linkspan.server.api.resource.insights.AnalysisFields.Fields;
import dev.linkspan.server.api.resource.insights.AnalysisFields.Ports;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an analysis tells, made when it is started and kept as it is: what the packet and its reply pass, as far as they get,
 * and all that is in their way. The sentences for people are the warning, the one text that EC2 has room for.
 */
final class AnalysisFindings {

    /** @param protocol its number (IANA), as a text */
    record Header(
            List<String> sourceAddressSet,
            List<String> destinationAddressSet,
            List<Ports> destinationPortRangeSet,
            String protocol) {}

    record RecordedFindings(
            Optional<String> warningMessage,
            List<Map<String, Object>> forwardPathComponentSet,
            List<Map<String, Object>> returnPathComponentSet,
            List<Map<String, Object>> explanationSet) {}

    private final AnalysisFields fields;

    AnalysisFindings(RegionName region, AccountId viewer) {
        this.fields = new AnalysisFields(region, viewer);
    }

    /** As it is kept. */
    String text(Finding finding) {
        return new String(StrictJson.bytes(told(finding)), StandardCharsets.UTF_8);
    }

    /** The answer's fields, of what was kept. */
    static Map<String, Object> fields(String kept) {
        Map<String, Object> fields = new LinkedHashMap<>();
        StrictJson.parse(kept.getBytes(StandardCharsets.UTF_8)).forEachEntry(fields::put);
        return fields;
    }

    private RecordedFindings told(Finding finding) {
        Trace trace = finding.trace();
        AnalysisExplanations explanations = new AnalysisExplanations(fields, trace);
        boolean arrives = finding.forward().stream().allMatch(AnalysisFindings::passes);
        return new RecordedFindings(
                warning(finding),
                components(trace, finding.forward()),
                arrives ? components(trace, finding.backward()) : List.of(),
                finding.causes().stream().map(explanations::of).toList());
    }

    private static Optional<String> warning(Finding finding) {
        Stream<String> untold = Stream.concat(finding.forward().stream(), finding.backward().stream())
                .filter(step -> step instanceof Step.OtherSide side && !side.told()
                        || step instanceof Step.Outside outside && !outside.told())
                .map(step -> sentence(step.text().in(Ec2Words.WORDS)))
                .distinct();
        String sentences = Stream.concat(
                        finding.causes().stream().map(cause -> cause.why().in(Ec2Words.WORDS)), untold)
                .collect(Collectors.joining(" "));
        return Optional.of(sentences).filter(text -> !text.isEmpty());
    }

    private static String sentence(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1) + ".";
    }

    /** Where it is not told how a way goes on, it ends; but whoever asks what comes in takes it as sent. */
    private static boolean endsWhatIsKnown(Step.Telling telling) {
        return switch (telling) {
            case TOLD, NOT_ONES_OWN -> false;
            case NOT_AGREED, NOT_LET_IN -> true;
        };
    }

    private static boolean passes(Step step) {
        return step.blockReason().isEmpty()
                && !(step instanceof Step.OtherSide side && endsWhatIsKnown(side.telling()));
    }

    /** What is passed, as far as the packet gets. */
    private List<Map<String, Object>> components(Trace trace, List<Step> steps) {
        List<Map<String, Object>> components = new ArrayList<>();
        for (Step step : steps.stream().takeWhile(AnalysisFindings::passes).toList()) {
            int number = components.size() + 1;
            component(trace, step)
                    .map(found -> new Fields()
                            .with("SequenceNumber", number)
                            .with(found)
                            .values())
                    .ifPresent(components::add);
        }
        return components;
    }

    /** Empty for a decision that no component makes. */
    private Optional<Fields> component(Trace trace, Step step) {
        return switch (step) {
            case Step.Beginning _,
                    Step.InSubregion _,
                    Step.SourceCheck _,
                    Step.DestinationCheck _,
                    Step.Appliance _,
                    Step.Tracking _,
                    Step.Outside _ -> Optional.empty();
            case Step.Machine machine -> Optional.of(machine(trace, machine));
            case Step.Groups groups ->
                groups.allowance()
                        .map(allowance -> new Fields()
                                .with("Component", fields.component(allowance.group()))
                                .with("SecurityGroupRule", AnalysisFields.rule(allowance.rule()))
                                .with("Vpc", fields.component(groups.net())));
            case Step.SubnetBorder border ->
                Optional.of(new Fields()
                        .with("Component", fields.component(border.acl()))
                        .with("AclRule", border.decision().map(AnalysisFields::entry))
                        .with("Subnet", fields.component(border.subnet()))
                        .with("Vpc", fields.component(border.net())));
            case Step.Routing routing ->
                Optional.of(new Fields()
                        .with("Component", fields.component(routing.table()))
                        .with("RouteTableRoute", routing.route().map(route -> AnalysisFields.route(routing, route)))
                        .with("Vpc", fields.component(routing.net())));
            case Step.Crossing crossing -> Optional.of(crossing(trace, crossing));
            case Step.Translating translating -> Optional.of(translating(trace, translating));
            case Step.Leaving leaving -> Optional.of(leaving(trace, leaving));
            case Step.Arriving arriving ->
                Optional.of(gateway(arriving.service(), arriving)
                        .with("OutboundHeader", header(trace, seenAs(trace), arriving.to())));
            case Step.InsideMachine inside ->
                Optional.of(new Fields()
                        .with("Component", fields.component(inside.vm()))
                        .with("Vpc", fields.component(inside.net())));
            case Step.Router router -> Optional.of(new Fields().with("Component", fields.component(router.net())));
            case Step.OtherSide side ->
                Optional.of(new Fields()
                        .with("Component", fields.component(side.owner(), side.net()))
                        .with("Vpc", fields.component(side.owner(), side.net())));
        };
    }

    private Fields machine(Trace trace, Step.Machine machine) {
        boolean sends = machine.direction() == Direction.OUTBOUND;
        Optional<Site> site = sends ? trace.from() : trace.to();
        Header header = sends
                ? header(trace, trace.source(), trace.destination())
                : header(trace, seenAs(trace), machine.address());
        return new Fields()
                .with("Component", machine.nic().map(fields::component))
                .with("AttachedTo", machine.vm().map(fields::component))
                .with("Subnet", site.flatMap(Site::subnet).map(fields::component))
                .with("Vpc", fields.component(machine.net()))
                .with(sends ? "OutboundHeader" : "InboundHeader", header);
    }

    /** The source port that it chooses is not known, and neither is that of a reply. */
    private Fields translating(Trace trace, Step.Translating translating) {
        Fields nat = new Fields()
                .with("Component", fields.component(translating.service()))
                .with("Vpc", fields.component(translating.net()));
        return translating.leg() == Leg.BACK
                ? nat
                : nat.with("InboundHeader", header(trace, translating.before(), trace.destination()))
                        .with("OutboundHeader", header(trace, translating.after(), trace.destination()));
    }

    /** Which ports a reply has is not known. */
    private Fields leaving(Trace trace, Step.Leaving leaving) {
        Fields fields = gateway(leaving.service(), leaving);
        return leaving.leg() == Leg.BACK
                ? fields
                : fields.with("OutboundHeader", header(trace, seenAs(trace), trace.destination()));
    }

    private Fields gateway(Optional<InternetServiceId> service, Step step) {
        return new Fields().with("Component", service.map(fields::component)).with("Vpc", fields.component(step.net()));
    }

    /** The address from which the packet comes for whoever receives it: as it was changed last. */
    private static Ipv4 seenAs(Trace trace) {
        return trace.steps().stream()
                .filter(step -> step.leg() == Leg.THERE)
                .flatMap(step -> switch (step) {
                    case Step.Translating translating -> Stream.of(translating.after());
                    case Step.Leaving leaving -> leaving.seenAs().stream();
                    default -> Stream.empty();
                })
                .reduce(trace.source(), (_, later) -> later);
    }

    private Fields crossing(Trace trace, Step.Crossing crossing) {
        return new Fields()
                .with("Component", crossing.peering().map(fields::component))
                .with("SourceVpc", trace.from().map(site -> fields.component(site.owner(), site.net())))
                .with("DestinationVpc", trace.to().map(site -> fields.component(site.owner(), site.net())));
    }

    private static Header header(Trace trace, Ipv4 source, Ipv4 destination) {
        Traffic packet = trace.question().packet();
        int protocol = packet instanceof Traffic.Ports ports ? ports.protocol() : Traffic.ICMP;
        return new Header(
                List.of(source.toString()),
                List.of(destination.toString()),
                List.of(new Ports(packet.firstShown(), packet.lastShown())),
                Integer.toString(protocol));
    }
}
