package dev.linkspan.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.linkspan.server.api.AccessRecord;
import dev.linkspan.server.api.ApiResponse;
import dev.linkspan.server.api.Download;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Answers that are written as they are made. */
class DownloadTest {

    private static final int PART = 1 << 16;

    private final CountDownLatch closed = new CountDownLatch(1);
    private final HttpClient client = HttpClient.newHttpClient();
    private HttpServer server;

    /** Parts of zeros, as many as this, and then perhaps a failure. */
    private final class Parts implements Download {

        private final int count;
        private final boolean failing;

        Parts(int count, boolean failing) {
            this.count = count;
            this.failing = failing;
        }

        @Override
        public String contentType() {
            return "application/x-parts";
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            for (int part = 0; part < count; part++) {
                out.write(new byte[PART]);
            }
            if (failing) {
                throw new IOException("broken off on purpose");
            }
        }

        @Override
        public void close() {
            closed.countDown();
        }
    }

    private void serve(Download download, Duration patience) {
        server = new HttpServer(
                new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0),
                _ -> ApiResponse.download(download, AccessRecord.on("test", "")),
                _ -> true,
                HttpLimits.DEFAULT,
                new HttpServer.Times(Duration.ofSeconds(10), patience));
        server.start();
    }

    private HttpResponse<byte[]> fetch() throws IOException, InterruptedException {
        URI address = URI.create("http://127.0.0.1:" + server.port() + "/");
        return client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofByteArray());
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void a_download_arrives_whole() throws IOException, InterruptedException {
        serve(new Parts(100, false), Duration.ofMinutes(1));

        HttpResponse<byte[]> answer = fetch();

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).contains("application/x-parts");
        assertThat(Arrays.equals(answer.body(), new byte[100 * PART])).isTrue();
        assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void one_that_fails_on_the_way_does_not_look_whole() throws InterruptedException {
        serve(new Parts(3, true), Duration.ofMinutes(1));

        assertThatThrownBy(this::fetch).isInstanceOf(IOException.class);

        assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void a_client_that_takes_nothing_is_cut_off() throws IOException, InterruptedException {
        serve(new Parts(Integer.MAX_VALUE, false), Duration.ofMillis(200));

        try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), server.port())) {
            socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

            assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }
}
