package dev.linkspan.acceptance.operating;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.acceptance.LinkspanServer;
import dev.linkspan.cli.client.Json;
import dev.linkspan.cli.command.Linkspan;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** The operator gives an account a password, and somebody signs in to Cockpit with it. */
class SignInTest {

    @RegisterExtension
    static final LinkspanServer SERVER = LinkspanServer.with();

    private static final HttpClient BROWSER = HttpClient.newHttpClient();

    @AfterAll
    static void closeBrowser() {
        BROWSER.close();
    }

    /** What a command prints, given this on its standard input. */
    private static JsonNode command(String input, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of(
                "--json",
                "--url",
                SERVER.url().toString(),
                "--data",
                SERVER.data().toString()));
        StringWriter out = new StringWriter();
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(input.getBytes(UTF_8)));
        try {
            int code = Linkspan.commandLine().setOut(new PrintWriter(out, true)).execute(all.toArray(String[]::new));
            assertThat(code).isZero();
            return Json.parse(out.toString().getBytes(UTF_8));
        } finally {
            System.setIn(before);
        }
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return BROWSER.send(request.build(), BodyHandlers.ofString());
    }

    private static HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(SERVER.url().resolve(path));
    }

    private static HttpResponse<String> signIn(String email, String password) throws IOException, InterruptedException {
        return send(to("/cockpit/session")
                .POST(BodyPublishers.ofString(Json.line(Json.object("Email", email, "Password", password)))));
    }

    private static String cookie(HttpResponse<String> signedIn) {
        return signedIn.headers().firstValue("Set-Cookie").orElseThrow().replaceFirst(";.*", "");
    }

    private static int readNets(String cookie) throws IOException, InterruptedException {
        return send(to("/api/v1/ReadNets")
                        .header("Cookie", cookie)
                        .header("X-Linkspan-Cockpit", "1")
                        .POST(BodyPublishers.ofString("{}")))
                .statusCode();
    }

    @Test
    void a_session_outlives_a_crash_and_ends_with_a_new_password() throws IOException, InterruptedException {
        String account = command(
                        "correct horse\n", "account", "create", "--email", "Ada@example.org", "--password-stdin")
                .path("AccountId")
                .asString();
        String cookie = cookie(signIn("ada@example.org", "correct horse"));
        assertThat(readNets(cookie)).isEqualTo(200);

        SERVER.crashAndStartAgain();
        assertThat(readNets(cookie)).isEqualTo(200);

        command("another horse\n", "account", "password", "--account", account, "--password-stdin");
        assertThat(readNets(cookie)).isEqualTo(401);
        assertThat(signIn("ada@example.org", "correct horse").statusCode()).isEqualTo(401);
        assertThat(signIn("ada@example.org", "another horse").statusCode()).isEqualTo(200);
    }

    @Test
    void no_password_and_no_token_is_logged() throws IOException, InterruptedException {
        command("secret of bob\n", "account", "create", "--email", "bob@example.org", "--password-stdin");
        signIn("bob@example.org", "wrong secret of bob");
        String cookie = cookie(signIn("bob@example.org", "secret of bob"));
        readNets(cookie);

        assertThat(Files.readString(SERVER.process().log()))
                .contains("operation=SignIn")
                .doesNotContain("secret of bob")
                .doesNotContain(cookie.substring(cookie.indexOf('=') + 1));
    }
}
