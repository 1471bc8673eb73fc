package dev.linkspan.server.api.aws;

import dev.linkspan.server.api.ApiRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which of AWS's services a request is for: what its signature was made for, or what the names of its protocol say.
 *
 * @param signing what signatures call it, such as {@code ec2}
 */
record ServiceName(String signing) {

    private static final Pattern SCOPE =
            Pattern.compile("Credential=[^/,\\s]{1,128}/[0-9]{8}/[^/,\\s]{0,64}/([a-z0-9-]{1,40})/aws4_request");

    private static final Pattern PRESIGNED =
            Pattern.compile("(?:^|&)X-Amz-Credential=([^&]{1,400})", Pattern.CASE_INSENSITIVE);

    /** {@code AmazonSSM.GetParameter}, {@code DynamoDB_20120810.ListTables}. */
    private static final Pattern TARGET = Pattern.compile("([A-Za-z0-9]{1,60})(?:_[0-9]{8})?\\.[A-Za-z0-9]{1,100}");

    /** {@code /service/GraniteServiceVersion20100801/operation/ListMetrics}. */
    private static final Pattern OPERATION =
            Pattern.compile("/service/([A-Za-z0-9]{1,60})/operation/[A-Za-z0-9]{1,100}");

    /** Empty where the request says nothing of it, as those do that are signed by nobody. */
    static Optional<ServiceName> of(ApiRequest request) {
        Stream<Function<ApiRequest, Optional<String>>> places =
                Stream.of(ServiceName::ofSignature, ServiceName::ofTarget, ServiceName::ofPath);
        return places.flatMap(place -> place.apply(request).stream())
                .findFirst()
                .map(ServiceName::new);
    }

    private static Optional<String> ofSignature(ApiRequest request) {
        return request.headers()
                .first("Authorization")
                .or(() -> presigned(request.query()))
                .flatMap(text -> first(SCOPE, text));
    }

    private static Optional<String> presigned(String query) {
        return first(PRESIGNED, query).map(credential -> "Credential=" + decoded(credential));
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return text;
        }
    }

    private static Optional<String> ofTarget(ApiRequest request) {
        return request.headers()
                .first("X-Amz-Target")
                .flatMap(target -> first(TARGET, target).map(ServiceName::known));
    }

    private static Optional<String> ofPath(ApiRequest request) {
        return first(OPERATION, request.plainPath()).map(ServiceName::known);
    }

    /** By the name that its protocol has for it. */
    private static String known(String target) {
        return AwsService.ofTarget(target).map(AwsService::signing).orElse(target.toLowerCase(Locale.ROOT));
    }

    private static Optional<String> first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
