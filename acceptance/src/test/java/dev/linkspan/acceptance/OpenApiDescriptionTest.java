package dev.linkspan.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** What the server tells about its calls is what the repository has, and says nothing that the OUTSCALE API does not. */
class OpenApiDescriptionTest {

    private static final String REGENERATE =
            "./mvnw -pl acceptance -am test -Dtest=OpenApiDescriptionTest -Dsurefire.failIfNoSpecifiedTests=false"
                    + " -Dlinkspan.docs.write=true";

    private static final ObjectMapper JSON = new ObjectMapper();

    @RegisterExtension
    static final LinkspanServer SERVER = LinkspanServer.with();

    @Test
    void the_document_is_what_the_server_tells() throws Exception {
        String told = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(description()) + "\n";
        if (Boolean.getBoolean("linkspan.docs.write")) {
            Files.writeString(OpenApiContract.OWN_FILE, told);
        }

        assertThat(Files.readString(OpenApiContract.OWN_FILE))
                .as("docs/openapi.json is out of date; regenerate it with: %s", REGENERATE)
                .isEqualTo(told);
    }

    /** There is no network besides Nets, so that a group has to say whose it is. */
    private static final String ON_PURPOSE =
            "CreateSecurityGroupRequest: demands [Description, NetId, SecurityGroupName], not [Description, SecurityGroupName]";

    @Test
    void every_call_of_the_OUTSCALE_API_takes_and_answers_what_that_API_has() throws Exception {
        assumeTrue(OpenApiContract.ofTheApi().isPresent(), "the public description is not beside the repository");
        JsonNode theirs = OpenApiContract.ofTheApi().orElseThrow().description();

        assertThat(new OpenApiComparison(description(), theirs).differences("/api/v1/", "/"))
                .containsExactly(ON_PURPOSE);
    }

    private static JsonNode description() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(SERVER.url().resolve("/linkspan/v1/openapi.json"))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return JSON.readTree(client.send(request, BodyHandlers.ofString()).body());
        }
    }
}
