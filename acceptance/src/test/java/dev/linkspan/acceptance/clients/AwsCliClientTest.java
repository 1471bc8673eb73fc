package dev.linkspan.acceptance.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.linkspan.acceptance.clients.ClientsDocument.Client;
import dev.linkspan.core.Rule;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** The AWS CLI tells the whole story of a peering, in the scripts that are there to be copied. */
@DisabledIfEnvironmentVariable(named = "LINKSPAN_NETWORK", matches = "none")
class AwsCliClientTest {

    private static final String EXAMPLE = "aws-cli";

    @TempDir
    private Path scratch;

    @Test
    @Rule({"P1", "P7", "L1", "L2", "L6", "R2", "R4", "S2"})
    void two_accounts_connect_answer_and_part() {
        assumeTrue(Programs.found("aws").findAny().isPresent(), "there is no AWS CLI: apt-get install awscli");
        try (Story story = new Story(EXAMPLE, scratch)) {
            String told = Stream.of("connect.sh", "answers.sh", "disconnect.sh")
                    .map(script -> story.tell(List.of("bash", script)))
                    .collect(Collectors.joining());

            assertThat(told)
                    .contains("64 bytes from 10.1.1.4")
                    .contains("rejected\tRejected by")
                    .contains("expired\tExpired: not accepted within 7 days")
                    .contains("10.1.0.0/16\tblackhole");
            ClientsDocument.compareTranscript(EXAMPLE, told);
            ClientsDocument.compareColumn(Client.AWS_CLI, Ec2Actions.doneBy(story.server()));
        }
    }
}
