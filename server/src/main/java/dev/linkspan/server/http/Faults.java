package dev.linkspan.server.http;

import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.server.api.AccessRecord;
import dev.linkspan.server.api.ApiRequest;
import dev.linkspan.server.api.ApiResponse;
import dev.linkspan.server.api.Endpoint;
import dev.linkspan.server.api.Headers;
import java.io.ByteArrayOutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Answers what is no request yet, or none at all, as the API would whose path it names, if it does; and has it logged. */
final class Faults implements Request.Handler {

    /** What Jetty calls a request whose first line could not be read. */
    private static final String NO_PATH = "/badMessage";

    private static final String UNKNOWN = "-";

    private static final Logger LOG = System.getLogger(Faults.class.getName());

    private final Endpoint endpoint;
    private final Clients clients;

    /** @param clients knows for which of them there was no room */
    Faults(Endpoint endpoint, Clients clients) {
        this.endpoint = endpoint;
        this.clients = clients;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        if (!isOurs(response.getStatus()) && isGone(request)) {
            callback.failed(new EofException("the client went away before it had asked"));
        } else {
            answer(request, response, callback);
        }
        return true;
    }

    /** Jetty hears that a client sends nothing more only once it has read all that came before: that was half a head. */
    private static boolean isGone(Request request) {
        return request.getConnectionMetaData().getConnection().getEndPoint().isInputShutdown();
    }

    private void answer(Request request, Response response, Callback callback) {
        String path = Optional.ofNullable(request.getHttpURI().getPath()).orElse("");
        boolean unread = path.isEmpty() || path.equals(NO_PATH);
        ApiRequest asked =
                asked(unread ? UNKNOWN : request.getMethod(), unread ? UNKNOWN : path, Request.getRemoteAddr(request));
        @Nullable Throwable cause = (Throwable) request.getAttribute(ErrorHandler.ERROR_EXCEPTION);
        ApiResponse answer = isOurs(response.getStatus())
                ? failed(asked, cause)
                : endpoint.refuse(asked, noRoom(request).orElseGet(() -> meaning(cause, response.getStatus())));
        response.setStatus(answer.status());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, answer.contentType());
        response.getHeaders().put(HttpHeader.CONNECTION, "close");
        if (answer.status() == HttpStatus.SERVICE_UNAVAILABLE_503) {
            response.getHeaders().put(HttpHeader.RETRY_AFTER, "1");
        }
        response.write(true, ByteBuffer.wrap(answer.body()), callback);
    }

    /** Jetty takes what was not read for the end of what its client sends. */
    private Optional<Refusal> noRoom(Request request) {
        return clients.of(request.getConnectionMetaData().getConnection()).noRoom();
    }

    private static boolean isOurs(int status) {
        return status == HttpStatus.INTERNAL_SERVER_ERROR_500;
    }

    /** What no API has caught; the log says what it was. */
    private static ApiResponse failed(ApiRequest asked, @Nullable Throwable cause) {
        LOG.log(Level.ERROR, "BUG: request %s failed".formatted(asked.id()), cause);
        return ApiResponse.text(
                HttpStatus.INTERNAL_SERVER_ERROR_500,
                "BUG: request %s failed; the server's log says why\n".formatted(asked.id()),
                AccessRecord.on("none", ""));
    }

    /** Ends a connection whose request does not come to the end of its head. */
    void tooSlow(Client client) {
        EndPoint end = client.connection().getEndPoint();
        ApiRequest asked = asked(UNKNOWN, UNKNOWN, address(end.getRemoteSocketAddress()));
        ApiResponse answer = endpoint.refuse(
                asked,
                new Refusal(
                        RefusalCode.REQUEST_TIMEOUT,
                        "The request's first line and header fields took longer than is allowed: nothing was done."));
        end.write(Callback.from(end::close), ByteBuffer.wrap(onWire(answer)));
    }

    private static byte[] onWire(ApiResponse answer) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        String head = "HTTP/1.1 %d %s\r\nContent-Type: %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n"
                .formatted(
                        answer.status(),
                        HttpStatus.getMessage(answer.status()),
                        answer.contentType(),
                        answer.body().length);
        out.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(answer.body());
        return out.toByteArray();
    }

    private static ApiRequest asked(String method, String path, String peer) {
        return new ApiRequest(UUID.randomUUID().toString(), method, path, "", Headers.NONE, new byte[0], false, peer);
    }

    private static String address(SocketAddress address) {
        return address instanceof InetSocketAddress internet
                ? internet.getAddress().getHostAddress()
                : address.toString();
    }

    private static Refusal meaning(@Nullable Throwable cause, int status) {
        return switch (status) {
            case HttpStatus.URI_TOO_LONG_414, HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE_431 ->
                new Refusal(
                        RefusalCode.REQUEST_TOO_LARGE,
                        "The request's first line and header fields are longer than %d bytes, the most that is accepted.",
                        HttpLimits.LONGEST_HEAD);
            default ->
                new Refusal(
                        RefusalCode.UNREADABLE_REQUEST,
                        "The request cannot be read as HTTP: %s.",
                        reason(cause, status));
        };
    }

    private static String reason(@Nullable Throwable cause, int status) {
        return cause instanceof HttpException bad && bad.getReason() != null
                ? bad.getReason()
                : HttpStatus.getMessage(status);
    }
}
