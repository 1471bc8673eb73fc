package dev.linkspan.acceptance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.acceptance.Account;
import dev.linkspan.acceptance.clients.Programs.Ended;
import dev.linkspan.cli.client.AccessKey;
import dev.linkspan.cli.client.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A working copy of one of the folders under {@code examples/terraform}, and Terraform at work in it. */
final class TerraformExample {

    private static final String NAME = "terraform";

    /** Of what the examples make, that of which a destroyed account has none. */
    private static final List<String> KINDS =
            List.of("Nets", "Nics", "SecurityGroups", "Keypairs", "InternetServices", "PublicIps");

    private final Programs programs;

    private TerraformExample(Programs programs) {
        this.programs = programs;
    }

    /**
     * Copies the example and initializes it.
     *
     * @param settings Terraform's own, which say where its provider is
     * @param variables the configuration's, each a text or JSON
     */
    static TerraformExample of(String example, Path scratch, Path settings, URI server, Map<String, String> variables) {
        Path folder = scratch.resolve(example);
        copy(Story.folder(NAME).resolve(example), folder);
        Map<String, String> environment = new LinkedHashMap<>(Map.of(
                "TF_CLI_CONFIG_FILE", settings.toString(),
                "TF_IN_AUTOMATION", "1",
                "CHECKPOINT_DISABLE", "1",
                // The provider's heap is small beside what it throws away while it builds its schema.
                "GOGC", "400",
                "TF_VAR_linkspan_url", server.toString()));
        variables.forEach((name, value) -> environment.put("TF_VAR_" + name, value));
        TerraformExample opened = new TerraformExample(Programs.in(folder).with(environment));
        opened.done("init", "-input=false");
        return opened;
    }

    private static void copy(Path from, Path to) {
        try (Stream<Path> files = Files.list(from)) {
            Files.createDirectory(to);
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".tf")).toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** An access key as the configurations of two accounts take it. */
    static String keys(AccessKey key) {
        return Json.object("access_key", key.id(), "secret_key", key.secret()).toString();
    }

    Ended run(String command, String... options) {
        List<String> line = new ArrayList<>(List.of(NAME, command, "-no-color"));
        line.addAll(List.of(options));
        return programs.run(line.toArray(String[]::new));
    }

    /** What the command said; it must have succeeded. */
    String done(String command, String... options) {
        Ended ended = run(command, options);
        assertThat(ended.code())
                .as("terraform %s said: %s", command, errors(ended.said()))
                .isZero();
        return ended.said();
    }

    /** What was said from the first error on; all of it where there is none. */
    private static String errors(String said) {
        return said.substring(Math.max(0, said.indexOf("Error: ")));
    }

    /** Applies the configuration with these variables changed. */
    String apply(String... variables) {
        return done("apply", options("-auto-approve", variables));
    }

    /** A plan finds nothing to do: what Terraform remembers of each attribute is what the server answers. */
    void assertNothingToDo(String... variables) {
        assertThat(done("plan", options("-detailed-exitcode", variables))).contains("No changes.");
    }

    private static String[] options(String first, String... variables) {
        List<String> options = new ArrayList<>(List.of("-input=false", first));
        Stream.of(variables).forEach(variable -> options.addAll(List.of("-var", variable)));
        return options.toArray(String[]::new);
    }

    String output(String name) {
        return done("output", "-raw", name);
    }

    /** All of them, each a text. */
    Map<String, String> outputs() {
        Map<String, String> outputs = new LinkedHashMap<>();
        Json.parse(done("output", "-json").getBytes(StandardCharsets.UTF_8))
                .properties()
                .forEach(output -> outputs.put(
                        output.getKey(), output.getValue().path("value").asString()));
        return outputs;
    }

    void destroy() {
        assertThat(done("destroy", "-input=false", "-auto-approve")).contains("Destroy complete!");
    }

    /** What is destroyed is gone, with all that was made along with it. */
    static void assertNothingLeft(Account... accounts) {
        assertThat(accounts).allSatisfy(account -> {
            for (String kind : KINDS) {
                assertThat(account.ask("Read" + kind).list(kind)).as(kind).isEmpty();
            }
        });
    }
}
