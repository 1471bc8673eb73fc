package dev.linkspan.server.api.cockpit;

import dev.linkspan.server.api.AccessRecord;
import dev.linkspan.server.api.ApiRequest;
import dev.linkspan.server.api.ApiResponse;
import dev.linkspan.server.api.Endpoint;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Cockpit as it was built, read whole when the server starts. A path is looked up among what was found and never in the
 * file system, so that it leads nowhere else, and a build that comes later disturbs nobody.
 */
public final class CockpitFiles implements Endpoint {

    static final String PATH = "/cockpit/";

    private static final String INDEX = "index.html";
    private static final String GZIPPED = ".gz";
    private static final AccessRecord ACCESS = AccessRecord.on("cockpit", "File");

    /** What is in the assets' folder has a digest of its content in its name. */
    private static final String HASHED = "assets/";

    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("html", "text/html; charset=utf-8"),
            Map.entry("js", "text/javascript; charset=utf-8"),
            Map.entry("css", "text/css; charset=utf-8"),
            Map.entry("json", "application/json"),
            Map.entry("webmanifest", "application/manifest+json"),
            Map.entry("txt", "text/plain; charset=utf-8"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("png", "image/png"),
            Map.entry("ico", "image/x-icon"),
            Map.entry("woff2", "font/woff2"));

    private final Map<String, byte[]> files;

    private CockpitFiles(Map<String, byte[]> files) {
        this.files = Map.copyOf(files);
    }

    /** Reads what is in the folder, which need not exist: then a page says how to build Cockpit. */
    public static CockpitFiles in(Path folder) {
        if (!Files.isRegularFile(folder.resolve(INDEX))) {
            return new CockpitFiles(Map.of());
        }
        try (Stream<Path> found = Files.walk(folder)) {
            Map<String, byte[]> files = new HashMap<>();
            for (Path file : found.filter(CockpitFiles::isFile).toList()) {
                files.put(folder.relativize(file).toString(), Files.readAllBytes(file));
            }
            return new CockpitFiles(files);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("Cockpit cannot be read from " + folder, unreadable);
        }
    }

    /** A link might lead out of the folder. */
    private static boolean isFile(Path path) {
        return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public ApiResponse answer(ApiRequest request) {
        if (!request.isRead()) {
            return ApiResponse.onlyReads(ACCESS);
        }
        if (files.isEmpty()) {
            return Page.of(notBuilt()).answer(404, ACCESS);
        }
        String name = request.plainPath().substring(PATH.length());
        return isPage(name)
                ? Page.of(Objects.requireNonNull(files.get(INDEX))).answer(200, ACCESS)
                : Optional.ofNullable(files.get(name))
                        .map(content -> file(request, name, content))
                        .orElseGet(() -> ApiResponse.text(404, "not found\n", ACCESS));
    }

    /** Pages are Cockpit's own business; whatever else has a file's ending would be a file. */
    private static boolean isPage(String name) {
        return name.equals(INDEX) || !name.substring(name.lastIndexOf('/') + 1).contains(".");
    }

    private ApiResponse file(ApiRequest request, String name, byte[] content) {
        String caching = name.startsWith(HASHED) ? "public, max-age=31536000, immutable" : "no-store";
        Map<String, String> headers = new HashMap<>(Map.of("Cache-Control", caching));
        byte[] sent = content;
        byte[] gzipped = files.get(name + GZIPPED);
        if (gzipped != null) {
            headers.put("Vary", "Accept-Encoding");
            if (takesGzip(request)) {
                headers.put("Content-Encoding", "gzip");
                sent = gzipped;
            }
        }
        return new ApiResponse(200, type(name), sent, Optional.empty(), headers, ACCESS);
    }

    private static String type(String name) {
        return TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "application/octet-stream");
    }

    /** RFC 9110, 12.5.3. */
    private static boolean takesGzip(ApiRequest request) {
        List<String> codings = request.headers().all("Accept-Encoding").stream()
                .flatMap(line -> Stream.of(line.split(",", -1)))
                .map(String::strip)
                .toList();
        return codings.stream().anyMatch(coding -> coding.matches("gzip(\\s*;\\s*q=(1(\\.0*)?|0\\.0*[1-9][0-9]*))?"));
    }

    private static byte[] notBuilt() {
        try (InputStream page = CockpitFiles.class.getResourceAsStream("/cockpit/not-built.html")) {
            return Objects.requireNonNull(page).readAllBytes();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
