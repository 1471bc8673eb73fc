package dev.linkspan.acceptance.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.acceptance.LinkspanServer;
import dev.linkspan.acceptance.explain.Cast.Site;
import dev.linkspan.cli.command.Linkspan;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Keeps the transcripts of {@code docs/explain.md} equal to what the command prints: it makes the scene that each chapter
 * tells, and runs the commands that stand there.
 */
class ExplainDocumentTest {

    @RegisterExtension
    static final LinkspanServer SERVER = LinkspanServer.with("--dev");

    private static final Path DOCUMENT = Path.of(System.getProperty("linkspan.root", ".."), "docs", "explain.md");
    private static final String WRITE = "linkspan.docs.write";

    private static final Pattern CHAPTER = Pattern.compile("(?m)^## (.*)$");

    /** A block that begins with {@code ann$ ./linkspan explain ...}. */
    private static final Pattern TRANSCRIPT =
            Pattern.compile("```console\\n(ann|bob)\\$ \\./linkspan (explain [^\\n]*)\\n(.*?)```\\n", Pattern.DOTALL);

    private static final Map<String, String> ACCOUNTS = Map.of("ann", Cast.ANN, "bob", Cast.BOB);

    private static final Map<String, Consumer<Cast>> SCENES = Map.of(
            "There is no route back", ExplainDocumentTest::noRouteBack,
            "The rule is for another range", ExplainDocumentTest::wrongRange,
            "A forgotten route leads to a dead peering", ExplainDocumentTest::deadRoute,
            "The machine is behind the peer", ExplainDocumentTest::transit,
            "Nobody has accepted yet", ExplainDocumentTest::pending,
            "It does not get outside", ExplainDocumentTest::noPublicAddress);

    private static void noPublicAddress(Cast cast) {
        cast.leadOutside(cast.site(Cast.ANN, 0, 'a'), 'a');
    }

    private static void noRouteBack(Cast cast) {
        Site ann = cast.site(Cast.ANN, 0, 'a');
        Site bob = cast.site(Cast.BOB, 1, 'b');
        cast.route(ann, bob.range(), cast.peer(ann, bob, 'c'));
        cast.letIn(bob, 443, ann.range());
    }

    private static void wrongRange(Cast cast) {
        Site ann = cast.site(Cast.ANN, 0, 'a');
        Site bob = cast.site(Cast.BOB, 1, 'b');
        String peering = cast.peer(ann, bob, 'c');
        cast.route(ann, bob.range(), peering);
        cast.route(bob, ann.range(), peering);
        cast.letIn(bob, 443, "10.0.2.0/24");
    }

    private static void deadRoute(Cast cast) {
        Site ann = cast.site(Cast.ANN, 0, 'a');
        Site bob = cast.site(Cast.BOB, 1, 'b');
        String old = cast.peer(ann, bob, 'd');
        cast.route(ann, "10.1.1.0/24", old);
        cast.as(Cast.BOB).ask("DeleteNetPeering", "NetPeeringId", old);
        String peering = cast.peer(ann, bob, 'c');
        cast.route(ann, bob.range(), peering);
        cast.route(bob, ann.range(), peering);
        cast.letIn(bob, 443, ann.range());
    }

    private static void transit(Cast cast) {
        Site ann = cast.site(Cast.ANN, 0, 'a');
        Site bob = cast.site(Cast.BOB, 1, 'b');
        Site carol = cast.site(Cast.CAROL, 2, 'e');
        String peering = cast.peer(ann, bob, 'c');
        cast.peer(bob, carol, 'f');
        cast.route(ann, carol.range(), peering);
    }

    private static void pending(Cast cast) {
        Site ann = cast.site(Cast.ANN, 0, 'a');
        Site bob = cast.site(Cast.BOB, 1, 'b');
        String peering = cast.ask(ann, bob, 'c');
        cast.route(ann, bob.range(), peering);
        cast.route(bob, ann.range(), peering);
        cast.letIn(bob, 443, ann.range());
    }

    @Test
    void the_transcripts_are_what_the_command_prints() throws IOException {
        String written = Files.readString(DOCUMENT);
        StringBuilder played = new StringBuilder();
        List<String> scenes = new ArrayList<>();
        for (String chapter : written.split("(?m)(?=^## )", -1)) {
            Matcher title = CHAPTER.matcher(chapter);
            if (title.find() && SCENES.containsKey(title.group(1))) {
                scenes.add(title.group(1));
                played.append(play(chapter, SCENES.get(title.group(1))));
            } else {
                played.append(chapter);
            }
        }
        if (Boolean.getBoolean(WRITE)) {
            Files.writeString(DOCUMENT, played);
        }

        assertThat(scenes).containsExactlyInAnyOrderElementsOf(SCENES.keySet());
        assertThat(Files.readString(DOCUMENT))
                .as("docs/explain.md is out of date; -D%s=true writes the transcripts anew", WRITE)
                .isEqualTo(played.toString());
    }

    private static String play(String chapter, Consumer<Cast> scene) {
        Cast cast = new Cast(SERVER);
        scene.accept(cast);
        return TRANSCRIPT.matcher(chapter).replaceAll(block -> Matcher.quoteReplacement(transcript(cast, block)));
    }

    private static String transcript(Cast cast, MatchResult block) {
        StringWriter out = new StringWriter();
        List<String> arguments =
                new ArrayList<>(List.of(cast.real(block.group(2)).split(" ", -1)));
        arguments.addAll(List.of("--url", SERVER.url().toString(), "--access-key", ACCOUNTS.get(block.group(1))));
        Linkspan.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(out, true))
                .execute(arguments.toArray(String[]::new));
        return "```console\n%s$ ./linkspan %s\n%s```\n"
                .formatted(block.group(1), block.group(2), cast.shown(out.toString()));
    }
}
