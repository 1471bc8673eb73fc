package dev.linkspan.acceptance.clients;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.linkspan.acceptance.LinkspanServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Ec2Request;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.StsRequest;

/** Which actions of EC2 and STS a server has, asked from outside, and which of them it has done. */
final class Ec2Actions {

    private static final String REQUEST = "Request";

    /** A call that was answered 200, in the metrics. */
    private static final Pattern DONE = Pattern.compile(
            "linkspan_calls_total\\{api=\"ec2\",error=\"\",operation=\"(\\w+)\",status=\"200\"} (?!0\\.0)");

    /** What EC2 and STS say of an action that there is not. */
    private static final List<String> UNKNOWN = List.of("UnsupportedOperation", "InvalidAction");

    private Ec2Actions() {}

    /** Those of all that the AWS SDK knows which the server does not call unknown. */
    static SortedSet<String> of(LinkspanServer server) {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return Stream.concat(named(Ec2Client.class, Ec2Request.class), named(StsClient.class, StsRequest.class))
                    .filter(action -> isKnown(answer(http, server.url(), action)))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static boolean isKnown(String answer) {
        return UNKNOWN.stream().noneMatch(answer::contains);
    }

    private static Stream<String> named(Class<?> client, Class<?> request) {
        return Arrays.stream(client.getMethods())
                .filter(method -> method.getParameterCount() == 1)
                .map(method -> method.getParameterTypes()[0])
                .filter(request::isAssignableFrom)
                .map(Class::getSimpleName)
                .map(name -> name.substring(0, name.length() - REQUEST.length()))
                .distinct();
    }

    /** An action that is there is refused for the signature that it lacks. */
    private static String answer(HttpClient http, URI server, String action) {
        String body = "Action=%s&Version=2016-11-15&DryRun=true".formatted(action);
        return send(
                http,
                HttpRequest.newBuilder(server.resolve("/"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(body))
                        .build());
    }

    /** Those that were answered well since the server started, by its metrics. */
    static SortedSet<String> doneBy(LinkspanServer server) {
        try (HttpClient http = HttpClient.newHttpClient()) {
            String metrics = send(
                    http,
                    HttpRequest.newBuilder(server.url().resolve("/metrics")).build());
            return DONE.matcher(metrics)
                    .results()
                    .map(found -> found.group(1))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static String send(HttpClient http, HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString(UTF_8)).body();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
