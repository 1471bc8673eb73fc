package dev.linkspan.server.api.sigv4;

import dev.linkspan.server.api.ApiRequest;
import java.io.ByteArrayOutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a signature covers, in the one form that client and server must agree on. Clients differ in three places, so a
 * request has several such forms: a doubled slash in the path may be signed as a single one, a prefix that the path has by
 * the address that the client was given may not be signed at all, and the host may be signed without its port (A1).
 */
final class CanonicalRequest {

    private static final String UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

    private static final Pattern PREFIX = Pattern.compile("/api/(?:v1|latest)(?=/)");

    /** Each costs a hash. */
    private static final int MOST_PATHS = 4;

    private final ApiRequest request;
    private final List<String> signedHeaders;

    CanonicalRequest(ApiRequest request, List<String> signedHeaders) {
        this.request = request;
        this.signedHeaders = signedHeaders;
    }

    /** The hash, in hex, of each form that the client may have signed. */
    List<String> hashes() {
        String query = query(request.query());
        String body = hex(sha256(request.body()));
        return Stream.concat(Stream.of(request.path()), withoutPrefixes(request.plainPath()))
                .distinct()
                .flatMap(path -> hosts().map(host -> form(path, query, host, body)))
                .map(form -> hex(sha256(form.getBytes(StandardCharsets.UTF_8))))
                .toList();
    }

    /** The path, and what is left of it without one prefix of the OUTSCALE API after the other, which say nothing. */
    private static Stream<String> withoutPrefixes(String path) {
        return Stream.iterate(
                        Optional.of(path),
                        Optional::isPresent,
                        rest -> rest.map(PREFIX::matcher)
                                .filter(Matcher::lookingAt)
                                .map(prefix -> rest.get().substring(prefix.end())))
                .flatMap(Optional::stream)
                .limit(MOST_PATHS);
    }

    private Stream<String> hosts() {
        String host = value("host");
        int colon = host.lastIndexOf(':');
        boolean port = colon > 0 && !host.endsWith("]");
        return port ? Stream.of(host, host.substring(0, colon)) : Stream.of(host);
    }

    private String form(String path, String query, String host, String bodyHash) {
        String headers = signedHeaders.stream()
                .map(name -> name + ":" + (name.equals("host") ? host : value(name)) + "\n")
                .collect(Collectors.joining());
        return String.join(
                "\n",
                request.method(),
                path.isEmpty() ? "/" : path,
                query,
                headers,
                String.join(";", signedHeaders),
                bodyHash);
    }

    private String value(String header) {
        return request.headers().all(header).stream()
                .map(value -> value.strip().replaceAll(" +", " "))
                .collect(Collectors.joining(","));
    }

    private static String query(String raw) {
        if (raw.isEmpty()) {
            return "";
        }
        return Arrays.stream(raw.split("&", -1))
                .filter(pair -> !pair.startsWith(PresignedQuery.SIGNATURE + "="))
                .map(CanonicalRequest::pair)
                .sorted()
                .collect(Collectors.joining("&"));
    }

    private static String pair(String raw) {
        int equals = raw.indexOf('=');
        String name = equals < 0 ? raw : raw.substring(0, equals);
        String value = equals < 0 ? "" : raw.substring(equals + 1);
        return encode(name) + "=" + encode(value);
    }

    /** RFC 3986 encoding, whatever the client's own was; what cannot be decoded is taken as it stands. */
    private static String encode(String raw) {
        String plain;
        try {
            plain = URLDecoder.decode(raw.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            plain = raw;
        }
        ByteArrayOutputStream encoded = new ByteArrayOutputStream();
        for (byte octet : plain.getBytes(StandardCharsets.UTF_8)) {
            if (UNRESERVED.indexOf(octet) >= 0) {
                encoded.write(octet);
            } else {
                encoded.writeBytes("%%%02X".formatted(octet).getBytes(StandardCharsets.US_ASCII));
            }
        }
        return encoded.toString(StandardCharsets.US_ASCII);
    }

    static byte[] sha256(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("BUG: every JDK has SHA-256", impossible);
        }
    }

    static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
