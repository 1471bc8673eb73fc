package dev.linkspan.server.network.ovsdb;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Where a database is reached, as ovsdb(7) writes it. */
public sealed interface Endpoint {

    /** {@code unix:PATH}. */
    record Unix(Path socket) implements Endpoint {
        @Override
        public String toString() {
            return "unix:" + socket;
        }
    }

    /** {@code tcp:HOST:PORT}, in clear. */
    record Tcp(String host, int port) implements Endpoint {
        @Override
        public String toString() {
            return "tcp:" + host + ":" + port;
        }
    }

    /** {@code ssl:HOST:PORT}, with certificates on both sides. */
    record Ssl(String host, int port) implements Endpoint {
        @Override
        public String toString() {
            return "ssl:" + host + ":" + port;
        }
    }

    /** Several members of a cluster, separated by commas. */
    static List<Endpoint> parseAll(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .map(Endpoint::parse)
                .toList();
    }

    /** Throws {@link IllegalArgumentException} for what is none. */
    static Endpoint parse(String text) {
        int colon = text.indexOf(':');
        String kind = colon < 0 ? "" : text.substring(0, colon);
        String rest = text.substring(colon + 1);
        return switch (kind) {
            case "unix" -> {
                if (rest.isEmpty()) {
                    throw wrong(text);
                }
                yield new Unix(Path.of(rest));
            }
            case "tcp" -> new Tcp(host(text, rest), port(text, rest));
            case "ssl" -> new Ssl(host(text, rest), port(text, rest));
            default -> throw wrong(text);
        };
    }

    private static String host(String text, String rest) {
        String host = rest.substring(0, Math.max(rest.lastIndexOf(':'), 0));
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        if (host.isEmpty() || (host.contains(":") && !bracketed)) {
            throw wrong(text);
        }
        return bracketed ? host.substring(1, host.length() - 1) : host;
    }

    private static int port(String text, String rest) {
        String port = rest.substring(rest.lastIndexOf(':') + 1);
        if (!port.matches("[1-9][0-9]{0,4}") || Integer.parseInt(port) > 65_535) {
            throw wrong(text);
        }
        return Integer.parseInt(port);
    }

    private static IllegalArgumentException wrong(String text) {
        return new IllegalArgumentException(
                "'%s' is no database: unix:PATH, tcp:HOST:PORT or ssl:HOST:PORT is expected".formatted(text));
    }
}
