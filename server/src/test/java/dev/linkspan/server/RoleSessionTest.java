package dev.linkspan.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Slow;
import dev.linkspan.server.api.sigv4.SignedRequests;
import dev.linkspan.server.api.sigv4.SignedRequests.SigningKey;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A role session with the whole server, over HTTP and with real signatures. */
@Slow
class RoleSessionTest {

    private static final String ROLES = "222222222222/peering:111111111111";
    private static final String IDENTITY = "Action=GetCallerIdentity&Version=2011-06-15";
    private static final String ASSUME =
            "Action=AssumeRole&Version=2011-06-15&RoleSessionName=alice&RoleArn=arn:aws:iam::222222222222:role/peering";

    @TempDir
    private Path data;

    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void close_the_client() {
        client.close();
    }

    private Assembly start(String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("--listen", "127.0.0.1:0", "--network", "none", "--data", data.toString()));
        arguments.addAll(List.of(more));
        return Assembly.start(Settings.of(arguments, Map.of()));
    }

    private SigningKey account(Assembly server, String id) throws IOException, InterruptedException {
        String token = Files.readString(data.resolve("admin.token")).strip();
        HttpRequest request = HttpRequest.newBuilder(server.url().resolve("/linkspan/v1/CreateAccount"))
                .header("Authorization", "Bearer " + token)
                .POST(BodyPublishers.ofString("{\"AccountId\":\"%s\"}".formatted(id)))
                .build();
        String answer = client.send(request, BodyHandlers.ofString()).body();
        return new SigningKey(found(answer, "\"AccessKeyId\":\"(.*?)\""), found(answer, "\"SecretKey\":\"(.*?)\""), "");
    }

    private HttpResponse<String> ask(Assembly server, SigningKey key, String form)
            throws IOException, InterruptedException {
        URI url = server.url();
        HttpRequest.Builder request = HttpRequest.newBuilder(url.resolve("/")).POST(BodyPublishers.ofString(form));
        request.header("Content-Type", "application/x-www-form-urlencoded");
        SignedRequests.headers(key, url.getAuthority(), form).forEach(request::header);
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private SigningKey assumed(Assembly server, SigningKey by) throws IOException, InterruptedException {
        String answer = ask(server, by, ASSUME).body();
        return new SigningKey(
                found(answer, "<AccessKeyId>(.*?)<"),
                found(answer, "<SecretAccessKey>(.*?)<"),
                found(answer, "<SessionToken>(.*?)<"));
    }

    private static String found(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as(text).isTrue();
        return matcher.group(1);
    }

    @Test
    void a_session_survives_a_restart_until_the_role_is_withdrawn() throws IOException, InterruptedException {
        SigningKey session;
        try (Assembly server = start("--roles", ROLES)) {
            account(server, "222222222222");
            session = assumed(server, account(server, "111111111111"));
        }
        try (Assembly server = start("--roles", ROLES)) {
            assertThat(ask(server, session, IDENTITY).body())
                    .contains("<Arn>arn:aws:sts::222222222222:assumed-role/peering/alice</Arn>");
            assertThat(ask(server, session, "Action=CreateVpc&Version=2016-11-15&CidrBlock=10.0.0.0/16")
                            .body())
                    .contains("<ownerId>222222222222</ownerId>");
        }
        try (Assembly server = start()) {
            assertThat(ask(server, session, IDENTITY).body()).contains("<Code>InvalidClientTokenId</Code>");
        }
    }

    @Test
    void without_a_list_nobody_assumes_anything() throws IOException, InterruptedException {
        try (Assembly server = start()) {
            account(server, "222222222222");
            HttpResponse<String> answer = ask(server, account(server, "111111111111"), ASSUME);
            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(answer.body()).contains("<Code>AccessDenied</Code>");
        }
    }

    @Test
    void with_dev_any_role_is_assumed() throws IOException, InterruptedException {
        try (Assembly server = start("--dev")) {
            SigningKey session = assumed(server, new SigningKey("111111111111", "any", ""));
            assertThat(ask(server, session, IDENTITY).body()).contains("<Account>222222222222</Account>");
        }
    }

    /** Keeps all that is logged, also what only a debugger would show. */
    private static final class Heard extends Handler {

        private final List<String> lines = Collections.synchronizedList(new ArrayList<>());

        @Override
        public void publish(LogRecord record) {
            lines.add(record.getMessage() + " " + Arrays.toString(record.getParameters()));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    @Test
    void the_log_names_the_session_and_nothing_that_signs() throws IOException, InterruptedException {
        Logger logger = Logger.getLogger("dev.linkspan");
        Heard heard = new Heard();
        logger.addHandler(heard);
        logger.setLevel(Level.ALL);
        SigningKey by;
        SigningKey session;
        try (Assembly server = start("--roles", ROLES)) {
            account(server, "222222222222");
            by = account(server, "111111111111");
            session = assumed(server, by);
            ask(server, session, IDENTITY);
            ask(server, new SigningKey(session.id(), "guessed", session.token()), IDENTITY);
            ask(server, new SigningKey(session.id(), session.secret(), session.token() + "A"), IDENTITY);
        } finally {
            logger.removeHandler(heard);
            logger.setLevel(null);
        }
        assertThat(String.join("\n", heard.lines))
                .contains("operation=AssumeRole, account=111111111111")
                .contains("operation=GetCallerIdentity, account=222222222222, session=peering/alice")
                .contains("error=InvalidClientTokenId")
                .doesNotContain(by.secret(), session.secret(), session.token().substring(0, 40));
    }
}
