package dev.linkspan.acceptance.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.linkspan.acceptance.Account;
import dev.linkspan.acceptance.LinkspanServer;
import dev.linkspan.acceptance.clients.ClientsDocument.Client;
import dev.linkspan.core.Rule;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** boto3 tells the whole story of a peering, in the program that is there to be copied. */
@DisabledIfEnvironmentVariable(named = "LINKSPAN_NETWORK", matches = "none")
class Boto3ClientTest {

    private static final String EXAMPLE = "boto3";

    @TempDir
    private Path scratch;

    @Test
    @Rule({"P1", "P4", "P7", "L1", "L2", "L6", "R2", "S2"})
    void two_accounts_connect_answer_and_part() {
        Optional<Path> python = python();
        assumeTrue(python.isPresent(), "no Python here has boto3: apt-get install python3-boto3");
        try (Story story = new Story(EXAMPLE, scratch)) {
            String told = story.tell(List.of(python.orElseThrow().toString(), "-u", "peering.py"));

            assertThat(told).contains("ping: answered", "ping: unanswered", "VPCs left: 0");
            ClientsDocument.compareTranscript(EXAMPLE, told);
            ClientsDocument.compareColumn(Client.BOTO3, Ec2Actions.doneBy(story.server()));
        }
    }

    @Test
    void an_instance_runs_in_the_default_vpc_of_an_image_that_is_looked_up() {
        Optional<Path> python = python();
        assumeTrue(python.isPresent(), "no Python here has boto3: apt-get install python3-boto3");
        try (LinkspanServer server = LinkspanServer.on(
                        scratch.resolve("defaults"), "--network", "none", "--default-nets")
                .open()) {
            Account account = server.account();
            Programs.Ended ended = Programs.in(Story.folder(EXAMPLE))
                    .with(Map.of(
                            "LINKSPAN_URL", server.url().toString(),
                            "AWS_ACCESS_KEY_ID", account.key().id(),
                            "AWS_SECRET_ACCESS_KEY", account.key().secret()))
                    .run(python.orElseThrow().toString(), "default_vpc.py");

            assertThat(ended.code()).as(ended.said()).isZero();
            assertThat(ended.said())
                    .contains("image al2023-ami-2023.", "instance at 172.31.0.4 with /dev/xvda")
                    .contains("in the default VPC True 172.31.0.0/16");
            assertThat(account.ask("ReadVolumes").list("Volumes")).isEmpty();
        }
    }

    /** The first of them that has it: a machine's own may hide the one that Debian's package is for. */
    private Optional<Path> python() {
        return Programs.found("python3")
                .filter(python -> Programs.in(scratch)
                                .run(python.toString(), "-c", "import boto3")
                                .code()
                        == 0)
                .findFirst();
    }
}
