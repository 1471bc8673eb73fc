package dev.linkspan.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a server refuses names parameters of its API; whoever typed a command knows its options. */
class WordingTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
                    The FromNetId 'vpc-1234abcd' doesn't exist.           | The Net of FROM 'vpc-1234abcd' doesn't exist.
                    The value 'x' of From is malformed: an id is expected. | The value 'x' of FROM is malformed: an id is expected.
                    The value 'z' of RegionName is not accepted: no.      | The value 'z' of --region is not accepted: no.
                    The parameter 'Port' is required for tcp and udp.     | The port is required for tcp and udp.
                    The value 'AccountId' of AccountId is malformed: no.  | The value 'AccountId' of --account is malformed: no.
                    The value '10.0.1.4' of From is not accepted: it is in several Nets, vpc-1234abcd, vpc-5678abcd, and FromNetId says which one is meant. | The value '10.0.1.4' of FROM is not accepted: it is in several Nets, vpc-1234abcd, vpc-5678abcd, and vpc-1234abcd/10.0.1.4 says which one is meant.
                    The Net 'vpc-1234abcd' doesn't exist.                 | The Net 'vpc-1234abcd' doesn't exist.
                    """)
    void parameters_become_options(String said, String told) {
        assertThat(Wording.ofCommandLine(said)).isEqualTo(told);
    }
}
