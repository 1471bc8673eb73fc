package dev.linkspan.acceptance.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.linkspan.acceptance.clients.ClientsDocument.Client;
import dev.linkspan.core.Rule;
import java.nio.file.Path;
import java.util.List;
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
