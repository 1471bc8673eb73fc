package dev.linkspan.server.http;

import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.server.api.ApiRequest;
import dev.linkspan.server.api.ApiResponse;
import dev.linkspan.server.api.Download;
import dev.linkspan.server.api.Headers;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Blocker;

/** One request and its answer, as Jetty has them and as the APIs do. */
final class Exchange {

    private static final int PART = 8 << 10;

    private final Request request;
    private final Response response;
    private final Client client;
    private final String id = UUID.randomUUID().toString();

    Exchange(Request request, Response response, Client client) {
        this.request = request;
        this.response = response;
        this.client = client;
    }

    Request request() {
        return request;
    }

    /** Why it is not looked at, whatever it asks for. */
    Optional<Refusal> unwelcome() {
        return switch (client.standing()) {
            case WELCOME -> Optional.empty();
            case TOO_MANY_IN_ALL ->
                Optional.of(new Refusal(
                        RefusalCode.UNAVAILABLE,
                        "The server has as many connections as it may: try again in a moment."));
            case TOO_MANY_OF_ITS_ADDRESS ->
                Optional.of(
                        new Refusal(
                                RefusalCode.THROTTLED,
                                "There are as many connections from this address as there may be: close some, or keep them and use them again."));
        };
    }

    /** What can be told before the body is read. */
    ApiRequest head() {
        return asked(new byte[0], false);
    }

    ApiRequest with(Body body) {
        return asked(body.bytes(), body.isCutShort());
    }

    private ApiRequest asked(byte[] body, boolean cutShort) {
        String query = request.getHttpURI().getQuery();
        return new ApiRequest(
                id,
                request.getMethod(),
                Optional.ofNullable(request.getHttpURI().getPath()).orElse(""),
                query == null ? "" : query,
                headers(),
                body,
                cutShort,
                Request.getRemoteAddr(request));
    }

    private Headers headers() {
        Map<String, List<String>> fields = new LinkedHashMap<>();
        for (HttpField field : request.getHeaders()) {
            fields.computeIfAbsent(field.getName(), _ -> new ArrayList<>())
                    .add(Optional.ofNullable(field.getValue()).orElse(""));
        }
        return Headers.of(fields);
    }

    /**
     * Sends the answer; a client that does not take it in time is cut off.
     *
     * @param last whether the connection ends with it
     * @param patience how long the client may take nothing of a download
     */
    void send(ApiResponse answer, boolean last, Duration patience) throws IOException {
        response.setStatus(answer.status());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, answer.contentType());
        answer.headers().forEach(response.getHeaders()::put);
        if (last || isLong()) {
            response.getHeaders().put(HttpHeader.CONNECTION, "close");
        }
        if (answer.download().isPresent()) {
            send(answer.download().get(), patience);
            return;
        }
        client.enter(Client.Phase.TAKING);
        try (Blocker.Callback sent = Blocker.callback()) {
            response.write(true, ByteBuffer.wrap(answer.body()), sent);
            sent.block();
        }
    }

    /** What the head of a long request took of the memory is given back with the connection. */
    private boolean isLong() {
        String query = request.getHttpURI().getQuery();
        return query != null && query.length() > PART;
    }

    private void send(Download download, Duration patience) throws IOException {
        client.enter(Client.Phase.SERVER);
        try (download) {
            OutputStream part = new BufferedOutputStream(Content.Sink.asOutputStream(response), PART);
            new Transfer(patience).send(download, part);
            part.close();
        }
    }
}
