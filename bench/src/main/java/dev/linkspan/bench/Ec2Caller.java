package dev.linkspan.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.linkspan.cli.client.AccessKey;
import dev.linkspan.cli.client.Endpoint;
import dev.linkspan.cli.client.RequestSigner;
import dev.linkspan.cli.client.SignatureFamily;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URLEncoder;
import java.time.Instant;
import java.util.StringJoiner;

/** An account that calls the EC2 API as its clients do: with signed forms, over kept connections, for XML. */
record Ec2Caller(Endpoint server, RequestSigner signer) {

    private static final String PATH = "/";
    private static final String FORM = "application/x-www-form-urlencoded; charset=utf-8";
    private static final String VERSION = "2016-11-15";

    static Ec2Caller of(Endpoint server, AccessKey key, String region) {
        return new Ec2Caller(server, new RequestSigner(SignatureFamily.AWS4, key, region, "ec2"));
    }

    /** Makes a call that has to go well, and answers the text of the first element of this name. */
    String ask(String element, String action, String... namesAndValues) {
        StringJoiner form = new StringJoiner("&");
        form.add("Action=" + action).add("Version=" + VERSION);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            form.add(namesAndValues[i] + "=" + URLEncoder.encode(namesAndValues[i + 1], UTF_8));
        }
        String xml = answer(form.toString().getBytes(UTF_8));
        int begin = xml.indexOf("<" + element + ">");
        int end = xml.indexOf("</" + element + ">");
        if (begin < 0 || end < 0) {
            throw new IllegalStateException("%s has no %s in its answer: %s".formatted(action, element, xml));
        }
        return xml.substring(begin + element.length() + 2, end);
    }

    private String answer(byte[] form) {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) server.server().resolve(PATH).toURL().openConnection();
            connection.setRequestMethod("POST");
            connection.setDoOutput(true);
            signer.sign(server.host(), PATH, FORM, form, Instant.now()).forEach(connection::setRequestProperty);
            try (OutputStream out = connection.getOutputStream()) {
                out.write(form);
            }
            try (InputStream in = connection.getInputStream()) {
                return new String(in.readAllBytes(), UTF_8);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
