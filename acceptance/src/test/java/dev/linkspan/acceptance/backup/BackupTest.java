package dev.linkspan.acceptance.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.acceptance.Account;
import dev.linkspan.acceptance.LinkspanServer;
import dev.linkspan.cli.client.Answer;
import dev.linkspan.cli.client.Caller;
import dev.linkspan.core.Rule;
import dev.linkspan.server.store.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** A restored server answers like the one that the backup is from, whatever database either of them has. */
class BackupTest {

    private static final List<String> REGIONS = List.of(LinkspanServer.REGION, LinkspanServer.OTHER_REGION);

    @TempDir
    private Path temporary;

    /** What a server keeps its data in. */
    enum Kind {
        SQLITE,
        POSTGRESQL;

        /** The options for one that is empty. */
        List<String> fresh() {
            return switch (this) {
                case SQLITE -> List.of();
                case POSTGRESQL -> List.of("--store", PostgresServer.shared().freshDatabase());
            };
        }

        Kind other() {
            return this == SQLITE ? POSTGRESQL : SQLITE;
        }
    }

    private Path backupOf(LinkspanServer server, String name) throws IOException {
        Path file = temporary.resolve(name);
        Commands.Ended saved = Commands.backup(server, file);
        assertThat(saved.code()).as(saved.said()).isZero();
        assertThat(saved.said())
                .containsPattern("saved [0-9,]+ rows \\(eu-west-2 up to event [0-9,]+, us-east-2 up to event");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        return file;
    }

    private LinkspanServer restored(Path file, Kind kind) {
        Path data = temporary.resolve(file.getFileName() + "-restored");
        List<String> store = kind.fresh();
        Commands.Ended ended = Commands.restore(file, data, store);
        assertThat(ended.code()).as(ended.said()).isZero();
        return LinkspanServer.on(data, store.toArray(String[]::new)).open();
    }

    /** The same account on another server: its key signs there too. */
    private static Account on(LinkspanServer server, Account account) {
        return new Account(
                account.id(), account.key(), server.unjudgedClient().asAccount(account.key(), LinkspanServer.REGION));
    }

    private static Map<String, String> answersTo(LinkspanServer server, Scene scene, List<Account> crowd) {
        Map<String, String> all = new HashMap<>();
        int selected = 0;
        for (String region : REGIONS) {
            for (Account account : List.of(scene.ada(), scene.ben())) {
                Answers answers = Answers.toAccount(server.unjudgedClient().asAccount(account.key(), region));
                selected += answers.selected();
                put(all, account.id() + " in " + region, answers);
            }
            for (Account account : crowd) {
                put(
                        all,
                        account.id() + " in " + region,
                        Answers.toAccountInAll(server.unjudgedClient().asAccount(account.key(), region)));
            }
        }
        assertThat(selected).as("filters that have selected something").isGreaterThan(100);
        return all;
    }

    private static void put(Map<String, String> all, String who, Answers answers) {
        answers.byQuestion().forEach((question, answer) -> all.put(who + ": " + question, answer));
    }

    private static Map<String, String> answersToOperator(LinkspanServer server, Scene scene) {
        return Answers.toOperator(
                        server.operator(),
                        REGIONS,
                        List.of(scene.ada().id(), scene.ben().id()))
                .byQuestion();
    }

    private static List<JsonNode> log(LinkspanServer server, String region) {
        Caller operator = server.operator();
        List<JsonNode> events = new ArrayList<>();
        boolean more = true;
        while (more) {
            Answer page = operator.ask(
                    "ReadEvents", "RegionName", region, "AfterSequence", events.size(), "ResultsPerPage", 1000);
            events.addAll(page.list("Events"));
            more = page.at("HasMore").asBoolean();
        }
        return events;
    }

    @ParameterizedTest
    @EnumSource
    @Rule("L9")
    void every_answer_is_the_same_before_and_after(Kind kind) throws Exception {
        try (LinkspanServer source =
                LinkspanServer.with(kind.fresh().toArray(String[]::new)).open()) {
            Scene scene = Scene.on(source);
            Map<String, String> before = answersTo(source, scene, List.of());
            List<Account> crowded;
            List<Crowd.Acknowledged> acknowledged;
            Path file;
            try (Crowd crowd = new Crowd(source).awaitBusy()) {
                acknowledged = crowd.acknowledged();
                file = backupOf(source, "under-load");
                crowded = crowd.accounts();
                assertThat(crowd.acknowledged()).as("the clients went on").hasSizeGreaterThan(acknowledged.size());
            }
            try (LinkspanServer same = restored(file, kind)) {
                isWhatWasThere(same, source, acknowledged);
                assertThat(answersTo(same, scene, List.of())).isEqualTo(before);
            }
            Map<String, String> ofAll = answersTo(source, scene, crowded);
            Map<String, String> ofOperator = answersToOperator(source, scene);
            try (LinkspanServer other = restored(backupOf(source, "there"), kind.other())) {
                assertThat(answersTo(other, scene, crowded)).isEqualTo(ofAll);
                assertThat(answersToOperator(other, scene)).isEqualTo(ofOperator);
                try (LinkspanServer again = restored(backupOf(other, "and-back"), kind)) {
                    assertThat(answersTo(again, scene, crowded)).isEqualTo(ofAll);
                    assertThat(answersToOperator(again, scene)).isEqualTo(ofOperator);
                    goesOn(again, scene);
                }
            }
            System.out.printf(
                    "backup from %s: %,d answers compared, %,d of them the operator's%n",
                    kind, ofAll.size() + ofOperator.size(), ofOperator.size());
        }
    }

    /** Everything acknowledged before, and of the log the beginning, without a gap. */
    private static void isWhatWasThere(
            LinkspanServer restored, LinkspanServer source, List<Crowd.Acknowledged> acknowledged) {
        for (Crowd.Acknowledged one : acknowledged) {
            assertThat(on(restored, one.account()).stateOf(one.peering())).isEqualTo("active");
        }
        for (String region : REGIONS) {
            List<JsonNode> now = log(source, region);
            List<JsonNode> then = log(restored, region);
            assertThat(then).isEqualTo(now.subList(0, then.size()));
        }
    }

    private static void goesOn(LinkspanServer restored, Scene scene) {
        long last = log(restored, LinkspanServer.REGION).size();
        Account ada = on(restored, scene.ada());
        ada.net("10.77.0.0/16");
        assertThat(log(restored, LinkspanServer.REGION)
                        .get((int) last)
                        .path("Sequence")
                        .asLong())
                .isEqualTo(last + 1);
    }

    @Test
    void a_file_that_is_there_is_kept_unless_it_may_be_overwritten() throws IOException {
        try (LinkspanServer server = LinkspanServer.with().open()) {
            Path file = Files.writeString(temporary.resolve("precious"), "mine");

            Commands.Ended refused = Commands.backup(server, file);

            assertThat(refused.code()).isEqualTo(1);
            assertThat(refused.said()).contains("is already there", "--force");
            assertThat(file).hasContent("mine");
            assertThat(Commands.backup(server, file, "--force", "--json").said())
                    .contains("\"Rows\":", "\"RegionName\":\"eu-west-2\",\"LastSequence\":");
            Commands.Ended verified = Commands.verify(file);
            assertThat(verified.code()).isZero();
            assertThat(verified.said()).contains("is whole: ");
            try (Stream<Path> files = Files.list(temporary)) {
                assertThat(files).containsExactly(file);
            }
        }
    }

    @Test
    void a_part_of_a_backup_is_no_backup() throws IOException {
        Path whole;
        try (LinkspanServer server = LinkspanServer.with().open()) {
            server.account().inhabitedNet("10.0.0.0/16");
            whole = backupOf(server, "whole");
        }
        byte[] content = Files.readAllBytes(whole);
        Path part = temporary.resolve("part");
        Files.write(part, java.util.Arrays.copyOf(content, content.length - 9));
        Path data = temporary.resolve("data");

        assertThat(Commands.verify(part)).satisfies(ended -> {
            assertThat(ended.code()).isEqualTo(1);
            assertThat(ended.said()).contains("part is no whole backup: the backup is cut short");
        });
        assertThat(Commands.restore(part, data, List.of())).satisfies(ended -> {
            assertThat(ended.code()).isEqualTo(1);
            assertThat(ended.said()).contains("part is damaged or not complete");
        });
        assertThat(data).doesNotExist();
    }
}
