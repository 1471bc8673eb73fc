package dev.linkspan.bench;

import dev.linkspan.cli.client.Json;
import dev.linkspan.cli.process.ServerCommand;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * A configuration's life with Terraform: applied, planned again, destroyed. Against a server without packets, and by turns
 * against the mock that many suites use, where that is installed.
 */
final class Apply implements Benchmark {

    /** The folder of the configuration, where it is another one. */
    static final String CONFIGURATION = "LINKSPAN_BENCH_CONFIGURATION";

    private static final Path USUAL = Path.of("examples", "terraform", "two-accounts");
    private static final String REGION = ServerUnderTest.REGION;

    private final Map<String, String> environment;
    private final PrintStream notes;

    Apply() {
        this(System.getenv(), System.err);
    }

    /** @param notes is told what is left out, and why */
    Apply(Map<String, String> environment, PrintStream notes) {
        this.environment = Map.copyOf(environment);
        this.notes = notes;
    }

    /**
     * What one life took, in seconds.
     *
     * @param processor the server's, over the whole life
     */
    private record Life(double apply, double plan, double destroy, double processor) {}

    @Override
    public String name() {
        return "apply";
    }

    @Override
    public String question() {
        return "how long does Terraform take for a configuration, and how much work is it for the server?";
    }

    @Override
    public boolean needsPackets() {
        return false;
    }

    @Override
    public List<Figure> measure(Extent extent) throws IOException, InterruptedException {
        Optional<Terraform> terraform = Terraform.found(environment);
        if (terraform.isEmpty()) {
            notes.println("linkspan bench: apply is left out: there is no Terraform with the provider hashicorp/aws");
            return List.of();
        }
        Optional<Path> moto = Programs.found("moto_server", environment);
        if (moto.isEmpty()) {
            notes.println("linkspan bench: apply is compared with nothing: there is no moto_server");
        }
        List<Life> ours = new ArrayList<>();
        List<Life> theirs = new ArrayList<>();
        for (int round = 0; round < rounds(extent); round++) {
            ours.add(againstLinkspan(terraform.get()));
            if (moto.isPresent()) {
                theirs.add(againstMoto(terraform.get(), moto.get()));
            }
        }
        return List.of(
                figure("terraform apply", ours, theirs, Life::apply),
                figure("a second plan", ours, theirs, Life::plan),
                figure("terraform destroy", ours, theirs, Life::destroy),
                figure("the server's processor time", ours, theirs, Life::processor));
    }

    private static int rounds(Extent extent) {
        return extent.starts() > 1 ? 3 : 1;
    }

    private static Figure figure(String what, List<Life> ours, List<Life> theirs, ToDoubleFunction<Life> value) {
        Figure figure = Figure.of(
                what,
                Unit.SECONDS,
                Samples.of(ours.stream().map(value::applyAsDouble).toList()));
        if (theirs.isEmpty()) {
            return figure;
        }
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < theirs.size(); round++) {
            ratios.add(value.applyAsDouble(ours.get(round)) / value.applyAsDouble(theirs.get(round)));
        }
        return figure.times(Samples.of(ratios), "moto_server");
    }

    private Life againstLinkspan(Terraform terraform) throws IOException, InterruptedException {
        try (ServerUnderTest server = new ServerUnderTest(ServerCommand::with, "none", "--dev")) {
            return live(terraform, server.url(), server.kernel(), false);
        }
    }

    private Life againstMoto(Terraform terraform, Path program) throws IOException, InterruptedException {
        try (TemporaryFolder folder = TemporaryFolder.make();
                MotoServer server = new MotoServer(program, folder.path())) {
            return live(terraform, server.url(), server.kernel(), true);
        }
    }

    /** @param mock whether what is asked of images is what the mock has */
    private Life live(Terraform terraform, URI server, Kernel kernel, boolean mock)
            throws IOException, InterruptedException {
        try (TemporaryFolder folder = TemporaryFolder.make()) {
            Path copy = folder.path().resolve("configuration");
            Path configuration = configuration();
            if (mock) {
                Files.createDirectories(copy);
                askForTheMocksImages(configuration, copy);
            }
            Terraform.Workspace workspace = terraform.open(configuration, copy, variables(server));
            double before = kernel.processorSeconds();
            double apply = workspace.run("apply", "-input=false", "-auto-approve");
            double plan = workspace.run("plan", "-input=false");
            double destroy = workspace.run("destroy", "-input=false", "-auto-approve");
            return new Life(apply, plan, destroy, kernel.processorSeconds() - before);
        }
    }

    private Path configuration() {
        return Optional.ofNullable(environment.get(CONFIGURATION))
                .map(Path::of)
                .orElseGet(
                        () -> Path.of(System.getProperty("linkspan.root", ".")).resolve(USUAL));
    }

    /** The usual configuration looks for Linkspan's own image, which the mock does not have. */
    private void askForTheMocksImages(Path configuration, Path copy) throws IOException {
        if (configuration.endsWith(USUAL)) {
            Files.writeString(copy.resolve("mock_override.tf"), """
                    data "aws_ami" "any" {
                      owners = ["amazon"]
                    }
                    """);
        }
    }

    /** Everything by which a configuration may be told where the server is, and who asks. */
    private static Map<String, String> variables(URI server) {
        Map<String, String> variables = new HashMap<>(Map.of(
                "AWS_ENDPOINT_URL", server.toString(),
                "AWS_REGION", REGION,
                "AWS_ACCESS_KEY_ID", "111111111111",
                "AWS_SECRET_ACCESS_KEY", "any",
                "AWS_CONFIG_FILE", "/dev/null",
                "AWS_SHARED_CREDENTIALS_FILE", "/dev/null",
                "AWS_EC2_METADATA_DISABLED", "true",
                "TF_VAR_linkspan_url", server.toString(),
                "TF_VAR_region", REGION));
        variables.put("TF_VAR_alice", keys("111111111111"));
        variables.put("TF_VAR_bob", keys("222222222222"));
        return variables;
    }

    private static String keys(String account) {
        return Json.object("access_key", account, "secret_key", "any").toString();
    }
}
