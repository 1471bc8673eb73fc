package dev.linkspan.acceptance.clients;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.linkspan.acceptance.LinkspanServer;
import dev.linkspan.cli.client.AccessKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/** The Query API by hand: a form, signed as one account, and the answer's XML. */
record Query(HttpClient http, URI server, AccessKey key) {

    /** The answer to this action, good or not. */
    QueryAnswer ask(String action, Map<String, String> parameters) {
        String form = Stream.concat(
                        Map.of("Action", action, "Version", "2016-11-15").entrySet().stream(),
                        parameters.entrySet().stream())
                .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
        try {
            HttpResponse<String> response = http.send(signed(form), BodyHandlers.ofString(UTF_8));
            return QueryAnswer.of(response.statusCode(), response.body());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private HttpRequest signed(String form) {
        SignedRequest signed = AwsV4HttpSigner.create()
                .sign(request -> request.identity(AwsCredentialsIdentity.create(key.id(), key.secret()))
                        .request(SdkHttpRequest.builder()
                                .method(SdkHttpMethod.POST)
                                .uri(server.resolve("/"))
                                .putHeader("Content-Type", "application/x-www-form-urlencoded")
                                .build())
                        .payload(ContentStreamProvider.fromUtf8String(form))
                        .putProperty(AwsV4HttpSigner.REGION_NAME, LinkspanServer.REGION)
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "ec2"));
        HttpRequest.Builder request =
                HttpRequest.newBuilder(server.resolve("/")).POST(BodyPublishers.ofString(form, UTF_8));
        signed.request().headers().forEach((name, values) -> set(request, name, values));
        return request.build();
    }

    /** The client sets the host by itself, to the same. */
    private static void set(HttpRequest.Builder request, String name, List<String> values) {
        if (!name.equalsIgnoreCase("Host")) {
            request.setHeader(name, values.getFirst());
        }
    }
}
