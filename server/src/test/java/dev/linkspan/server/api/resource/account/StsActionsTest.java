package dev.linkspan.server.api.resource.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.account.Role;
import dev.linkspan.core.account.RoleSession;
import dev.linkspan.core.id.AccessKeyId;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.operation.CountingCredentials;
import dev.linkspan.core.operation.DefaultNets;
import dev.linkspan.core.operation.Nets;
import dev.linkspan.core.operation.Roles;
import dev.linkspan.core.operation.Subregions;
import dev.linkspan.core.operation.Tags;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.InMemoryStore;
import dev.linkspan.core.port.TestClock;
import dev.linkspan.server.api.Caller;
import dev.linkspan.server.api.ec2.Ec2Client;
import dev.linkspan.server.api.ec2.Ec2Client.Answer;
import dev.linkspan.server.api.ec2.Ec2Endpoint;
import dev.linkspan.server.api.resource.net.VpcActions;
import dev.linkspan.server.api.sigv4.Seals;
import dev.linkspan.server.api.sigv4.SessionTokens;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StsActionsTest {

    private static final String RESULT = "/AssumeRoleResponse/AssumeRoleResult/";
    private static final AccountId GHOST = new AccountId("999999999999");

    private final InMemoryStore store = new InMemoryStore();
    private final Fixture fixture = new Fixture(store);
    private final AccountId trusted = fixture.account();
    private final AccountId owner = fixture.account();
    private final Role role = new Role(owner, "peering");
    private final Roles roles =
            Roles.listed(Map.of(role, Set.of(trusted, owner), new Role(GHOST, "peering"), Set.of(trusted)));
    private final SessionTokens tokens = new SessionTokens(Seals.sealing(1));
    private final StsActions actions = new StsActions(roles, new CountingCredentials(), tokens, new TestClock());
    private final Ec2Client client = as(new Caller(trusted, Fixture.REGION));

    private Ec2Client as(Caller caller) {
        return new Ec2Client(new Ec2Endpoint(
                store,
                _ -> caller,
                new VpcActions(new Nets(), new DefaultNets(new Subregions(List.of())), new Tags()).operations(),
                actions.operations()));
    }

    /** Somebody who acts in the role already. */
    private Ec2Client inSession() {
        RoleSession session = new RoleSession(
                new AccessKeyId("ASIA1"),
                "secret",
                role,
                trusted,
                "alice",
                TestClock.START.plus(Duration.ofMinutes(20)));
        return as(new Caller(owner, Fixture.REGION, Optional.of(session)));
    }

    private static Answer sts(Ec2Client client, String action, String parameters) {
        return client.send(
                "POST", "Action=" + action + "&Version=2011-06-15" + parameters, "application/x-www-form-urlencoded");
    }

    private static String arn(AccountId account, String name) {
        return "arn:aws:iam::%s:role/%s".formatted(account, name);
    }

    private static String assuming(String arn, String more) {
        return "&RoleArn=" + URLEncoder.encode(arn, StandardCharsets.UTF_8) + "&RoleSessionName=alice" + more;
    }

    private Answer assume(String more) {
        return sts(client, "AssumeRole", assuming(arn(owner, "peering"), more));
    }

    private static List<String> error(Answer answer) {
        return List.of(Integer.toString(answer.status()), answer.text("/ErrorResponse/Error/Code"));
    }

    @Test
    void temporary_credentials_are_answered_for_the_roles_account() {
        Answer answer = assume("&DurationSeconds=900&ExternalId=x&SourceIdentity=alice&Tags.member.1.Key=Team"
                + "&Tags.member.1.Value=Net&TransitiveTagKeys.member.1=Team");

        assertThat(answer.status()).as(answer.text("//Message")).isEqualTo(200);
        AccessKeyId key = new AccessKeyId(answer.text(RESULT + "Credentials/AccessKeyId"));
        assertThat(key.value()).startsWith("ASIA").hasSize(20);
        assertThat(answer.text(RESULT + "Credentials/Expiration")).isEqualTo("2026-11-22T18:59:49.000Z");
        assertThat(answer.text(RESULT + "AssumedRoleUser/Arn"))
                .isEqualTo("arn:aws:sts::%s:assumed-role/peering/alice".formatted(owner));
        assertThat(answer.text(RESULT + "AssumedRoleUser/AssumedRoleId")).matches("AROA[0-9A-F]{17}:alice");
        assertThat(answer.text(RESULT + "Credentials/SecretAccessKey")).startsWith("SECRET");
        assertThat(answer.text(RESULT + "Credentials/SessionToken")).startsWith("linkspan/");
    }

    @Test
    void without_a_duration_it_is_an_hour_and_nothing_is_recorded() {
        long before = fixture.read(snapshot -> snapshot.events().lastSequence());
        assertThat(assume("").text(RESULT + "Credentials/Expiration")).isEqualTo("2026-11-22T19:44:49.000Z");
        long after = fixture.read(snapshot -> snapshot.events().lastSequence());
        assertThat(after).isEqualTo(before);
    }

    @Test
    @Rule("A4")
    void what_is_not_allowed_and_what_is_not_there_are_told_alike() {
        List<String> arns = List.of(
                arn(owner, "unlisted"), arn(fixture.account(), "peering"), arn(GHOST, "peering"), arn(GHOST, "other"));
        for (String arn : arns) {
            Answer answer = sts(client, "AssumeRole", assuming(arn, ""));
            assertThat(error(answer)).containsExactly("403", "AccessDenied");
            assertThat(answer.text("//Message"))
                    .isEqualTo("User: arn:aws:iam::%s:root is not authorized to perform: sts:AssumeRole on resource: %s"
                            .formatted(trusted, arn));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            &RoleSessionName=alice                                   | ValidationError  | RoleArn
            &RoleArn=arn                                             | ValidationError  | RoleSessionName
            &RoleArn=peering&RoleSessionName=alice                   | ValidationError  | ACCOUNT:role/NAME
            &RoleArn=arn:aws:iam::1:role/p&RoleSessionName=alice     | ValidationError  | ACCOUNT:role/NAME
            &RoleArn=ARN&RoleSessionName=a                           | ValidationError  | 2 to 64 letters
            &RoleArn=ARN&RoleSessionName=%3Cb%3E                     | ValidationError  | 2 to 64 letters
            &RoleArn=ARN&RoleSessionName=alice&DurationSeconds=899   | ValidationError  | 900 to 43200
            &RoleArn=ARN&RoleSessionName=alice&DurationSeconds=43201 | ValidationError  | 900 to 43200
            &RoleArn=ARN&RoleSessionName=alice&DurationSeconds=1h    | ValidationError  | whole number
            &RoleArn=ARN&RoleSessionName=alice&Policy=%7B%7D         | ValidationError  | Policy is not supported
            &RoleArn=ARN&RoleSessionName=alice&PolicyArns.member.1.arn=x | ValidationError | PolicyArns is not supported
            &RoleArn=ARN&RoleSessionName=alice&SerialNumber=1        | ValidationError  | SerialNumber is not supported
            &RoleArn=ARN&RoleSessionName=alice&TokenCode=1           | ValidationError  | TokenCode is not supported
            &RoleArn=ARN&RoleSessionName=alice&Colour=red            | UnknownParameter | Colour
            &RoleArn=ARN&RoleSessionName=alice&DryRun=true           | UnknownParameter | DryRun
            &RoleArn=ARN&RoleSessionName=alice&Tags.1.Key=a&Tags.member.1.Key=b | InvalidParameterCombination | once
            """)
    void what_is_wrong_or_would_not_be_enforced_is_told_by_name(String parameters, String code, String told) {
        Answer answer =
                sts(client, "AssumeRole", parameters.replace("ARN", "arn:aws:iam::%s:role/peering".formatted(owner)));
        assertThat(error(answer)).as(answer.text("//Message")).containsExactly("400", code);
        assertThat(answer.text("//Message")).contains(told);
    }

    @Test
    void a_session_tells_whose_it_is() {
        Answer identity = sts(inSession(), "GetCallerIdentity", "");
        assertThat(identity.text("//Account")).isEqualTo(owner.value());
        assertThat(identity.text("//Arn")).isEqualTo("arn:aws:sts::%s:assumed-role/peering/alice".formatted(owner));
        assertThat(identity.text("//UserId")).isEqualTo(assume("").text("//AssumedRoleId"));
    }

    @Test
    void from_a_session_a_role_is_assumed_for_an_hour_at_most() {
        String arn = arn(owner, "peering");
        assertThat(sts(inSession(), "AssumeRole", assuming(arn, "&DurationSeconds=3600"))
                        .status())
                .isEqualTo(200);
        assertThat(sts(inSession(), "AssumeRole", assuming(arn, "&DurationSeconds=3601"))
                        .text("//Message"))
                .contains("900 to 3600");
    }

    @Test
    void from_a_session_a_role_is_assumed_until_that_session_ends_at_the_latest() {
        Answer answer = sts(inSession(), "AssumeRole", assuming(arn(owner, "peering"), "&DurationSeconds=3600"));

        assertThat(answer.text(RESULT + "Credentials/Expiration")).isEqualTo("2026-11-22T19:04:49.123Z");
    }

    @Test
    void anything_else_of_sts_is_an_invalid_action_in_its_envelope() {
        Answer answer = sts(client, "GetSessionToken", "");
        assertThat(error(answer)).containsExactly("400", "InvalidAction");
        assertThat(answer.text("//Message")).contains("GetSessionToken");
        assertThat(answer.document().getDocumentElement().getAttribute("xmlns"))
                .isEqualTo("https://sts.amazonaws.com/doc/2011-06-15/");
        assertThat(sts(client, "DescribeVpcs", "").status()).isEqualTo(200);
    }
}
