package dev.linkspan.server.api.ssm;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.linkspan.core.catalogue.Image;
import dev.linkspan.core.catalogue.Images;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.server.api.Caller;
import dev.linkspan.server.api.call.PageToken;
import dev.linkspan.server.api.call.Position;
import dev.linkspan.server.api.json.Required;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** The parameters under which images are published, in the order of their names; and what the actions answer of them. */
final class Parameters {

    private static final int MOST_NAMES = 10;
    private static final int MOST_PER_PAGE = 10;
    private static final String LIST = "Parameters";

    record GetParameterRequest(@Required String name, Optional<Boolean> withDecryption) {}

    record GetParametersRequest(@Required List<String> names, Optional<Boolean> withDecryption) {}

    record GetParametersByPathRequest(
            @Required String path,
            Optional<Boolean> recursive,
            List<ParameterFilter> parameterFilters,
            Optional<Boolean> withDecryption,
            Optional<Integer> maxResults,
            Optional<String> nextToken) {}

    record ParameterFilter(@Required String key, Optional<String> option, List<String> values) {}

    /** @param lastModifiedDate in seconds since 1970 */
    record Parameter(
            @JsonProperty("ARN") String arn,
            String dataType,
            double lastModifiedDate,
            String name,
            String type,
            String value,
            int version) {}

    record OneAnswer(Parameter parameter) {}

    record SomeAnswer(List<String> invalidParameters, List<Parameter> parameters) {}

    record PageAnswer(Optional<String> nextToken, List<Parameter> parameters) {}

    private final TreeMap<String, Image> byName = new TreeMap<>();

    Parameters(Images images) {
        images.all().forEach(image -> image.parameters().forEach(name -> byName.put(name, image)));
    }

    OneAnswer one(Caller caller, GetParameterRequest request) {
        return find(caller, request.name())
                .map(OneAnswer::new)
                .orElseThrow(() -> new Refusal(
                        RefusalCode.UNKNOWN_ID,
                        "The parameter '%s' doesn't exist: only those of images are here.",
                        request.name()));
    }

    SomeAnswer some(Caller caller, GetParametersRequest request) {
        LinkedHashSet<String> names = new LinkedHashSet<>(request.names());
        if (names.isEmpty() || names.size() > MOST_NAMES) {
            throw Refusal.badValue("Names", names.size() + " names", "1 to %d are expected", MOST_NAMES);
        }
        List<Parameter> found = new ArrayList<>();
        List<String> invalid = new ArrayList<>();
        names.forEach(name -> find(caller, name).ifPresentOrElse(found::add, () -> invalid.add(name)));
        return new SomeAnswer(invalid, found);
    }

    PageAnswer below(Caller caller, GetParametersByPathRequest request) {
        if (!request.path().startsWith("/")) {
            throw Refusal.badValue("Path", request.path(), "it begins with a slash");
        }
        if (!request.parameterFilters().isEmpty()) {
            throw Refusal.badValue(
                    "ParameterFilters",
                    request.parameterFilters().getFirst().key(),
                    "parameters are chosen by their path alone");
        }
        int perPage = request.maxResults().orElse(MOST_PER_PAGE);
        if (perPage < 1 || perPage > MOST_PER_PAGE) {
            throw Refusal.badValue("MaxResults", perPage, "1 to %d is expected", MOST_PER_PAGE);
        }
        String path = request.path().endsWith("/") ? request.path() : request.path() + "/";
        boolean recursive = request.recursive().orElse(false);
        Optional<String> after = request.nextToken()
                .filter(token -> !token.isEmpty())
                .map(token -> PageToken.read(LIST, token, _ -> true).key());
        List<String> names = byName.tailMap(after.orElse(path), false).keySet().stream()
                .takeWhile(name -> name.startsWith(path))
                .filter(name -> recursive || name.indexOf('/', path.length()) < 0)
                .limit(perPage + 1L)
                .toList();
        List<String> page = names.subList(0, Math.min(perPage, names.size()));
        return new PageAnswer(
                page.size() < names.size()
                        ? Optional.of(PageToken.after(LIST, Position.byName(page.getLast())))
                        : Optional.empty(),
                page.stream().flatMap(name -> find(caller, name).stream()).toList());
    }

    /** A parameter, which may be named by its ARN and with the version or label of its only value. */
    private Optional<Parameter> find(Caller caller, String named) {
        String name = named.replaceFirst("^arn:aws:ssm:[a-z0-9-]*:[0-9]*:parameter", "")
                .replaceFirst(":1$", "");
        return Optional.ofNullable(byName.get(name)).map(image -> parameter(caller.region(), name, image));
    }

    private static Parameter parameter(RegionName region, String name, Image image) {
        return new Parameter(
                "arn:aws:ssm:%s::parameter%s".formatted(region, name),
                name.startsWith("/aws/service/canonical/") ? "aws:ec2:image" : "text",
                image.createdAt().toEpochMilli() / 1000.0,
                name,
                "String",
                image.id().value(),
                1);
    }
}
