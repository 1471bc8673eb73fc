package dev.linkspan.acceptance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.acceptance.Account;
import dev.linkspan.acceptance.clients.Programs.Ended;
import dev.linkspan.acceptance.clients.Programs.Running;
import dev.linkspan.cli.client.AccessKey;
import dev.linkspan.cli.client.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A working copy of one of the folders under {@code examples/terraform}, and Terraform at work in it. */
final class TerraformExample implements AutoCloseable {

    private static final String NAME = "terraform";

    /** Of what the examples make, that of which a destroyed account has none. */
    private static final List<String> KINDS =
            List.of("Nets", "Nics", "SecurityGroups", "Keypairs", "InternetServices", "PublicIps");

    private static final String URL = "TF_VAR_linkspan_url";
    private static final Pattern ENDPOINTS =
            Pattern.compile("\\n {2}endpoints \\{\\n( {4}(ec2|ssm|sts) = var.linkspan_url\\n)+ {2}}\\n");
    private static final List<String> ADDRESSES =
            List.of("AWS_ENDPOINT_URL_EC2", "AWS_ENDPOINT_URL_SSM", "AWS_ENDPOINT_URL_STS");

    private static final Path INSTALLED = Path.of(".terraform", "providers");
    private static final String REATTACH = "TF_REATTACH_PROVIDERS";
    private static final Pattern HOW_TO_REATTACH = Pattern.compile(REATTACH + "='(.*)'");
    private static final Duration LONGEST_START = Duration.ofMinutes(2);

    private Programs programs;
    private Optional<Running> provider = Optional.empty();
    private String applied = "";

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
                "TF_CLI_CONFIG_FILE",
                settings.toString(),
                "TF_IN_AUTOMATION",
                "1",
                "CHECKPOINT_DISABLE",
                "1",
                // The provider's heap is small beside what it throws away while it builds its schema.
                "GOGC",
                "400",
                URL,
                server.toString()));
        variables.forEach((name, value) -> environment.put("TF_VAR_" + name, value));
        TerraformExample opened = new TerraformExample(Programs.in(folder).with(environment));
        opened.done("init", "-input=false");
        return opened;
    }

    /**
     * Says by the environment where Linkspan is, as an AWS SDK is told, instead of by the block that is the same in every
     * example. That block has room for each of AWS's services, and the provider takes seconds of the processor to check it, each
     * time that it is configured: three quarters of all that it did.
     */
    TerraformExample withEndpointInEnvironment() {
        Path providers = programs.folder().resolve("providers.tf");
        try {
            String text = Files.readString(providers);
            assertThat(text).containsPattern(ENDPOINTS);
            String without = ENDPOINTS.matcher(text).replaceAll("");
            assertThat(without).doesNotContain("endpoints");
            Files.writeString(providers, without);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        String server = programs.environment().get(URL);
        programs = programs.with(ADDRESSES.stream().collect(Collectors.toMap(name -> name, _ -> server)));
        return this;
    }

    /**
     * Starts the provider that was installed, once for all commands that follow, as its {@code -debug} does for whoever works
     * on it. Else Terraform starts it several times in each command, which takes more of the processor than what it is asked
     * to do. Such a provider has but one configuration at a time, so a folder with an alias is none for this.
     */
    TerraformExample withOneProvider() {
        Running started = programs.begin(List.of(installed().toString(), "-debug"));
        provider = Optional.of(started);
        programs = programs.with(Map.of(REATTACH, howToReattach(started)));
        return this;
    }

    private Path installed() {
        try (Stream<Path> files = Files.walk(programs.folder().resolve(INSTALLED), FileVisitOption.FOLLOW_LINKS)) {
            return files.filter(file -> file.getFileName().toString().startsWith("terraform-provider-"))
                    .findAny()
                    .orElseThrow();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static String howToReattach(Running started) {
        long deadline = System.nanoTime() + LONGEST_START.toNanos();
        while (true) {
            String said = saidBy(started);
            Matcher told = HOW_TO_REATTACH.matcher(said);
            if (told.find()) {
                return told.group(1);
            }
            assertThat(started.process().isAlive() && System.nanoTime() < deadline)
                    .as("the provider has started: %s", said)
                    .isTrue();
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    private static String saidBy(Running program) {
        try {
            return Files.readString(program.output());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
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
        applied = done("apply", options("-auto-approve", variables));
        return applied;
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

    /** An output, as it was told at the end of what was applied last. */
    String output(String name) {
        Matcher told = Pattern.compile("(?m)^Outputs:$[\\s\\S]*^%s = \"?([^\"\n]*)\"?$".formatted(Pattern.quote(name)))
                .matcher(applied);
        assertThat(told.find()).as("output %s in %s", name, applied).isTrue();
        return told.group(1);
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

    void destroy(String... options) {
        List<String> all = new ArrayList<>(List.of("-input=false", "-auto-approve"));
        all.addAll(List.of(options));
        assertThat(done("destroy", all.toArray(String[]::new))).contains("Destroy complete!");
    }

    /** Ends the provider that was started once. */
    @Override
    public void close() {
        provider.ifPresent(started -> {
            started.process().destroy();
            Programs.ended(started);
        });
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
