package dev.linkspan.cli.demo;

import dev.linkspan.cli.demo.Story.BrokenOff;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The whole story, from a bare stage to the verdict. */
public final class Demo {

    private final Narrator narrator;
    private final Consumer<Visit> farewell;
    private final Runnable next;

    private Demo(Narrator narrator, Consumer<Visit> farewell, Runnable next) {
        this.narrator = narrator;
        this.farewell = farewell;
        this.next = next;
    }

    /** A demo that is told to people. */
    public static Demo forPeople(PrintWriter out) {
        return new Demo(new TextNarrator(out, Paint.forThisTerminal()), visit -> visit.tell(out), () -> tellNext(out));
    }

    /** A demo that is told as JSON, a line for each step. */
    public static Demo forPrograms(PrintWriter out, PrintWriter err) {
        return new Demo(new JsonNarrator(out), visit -> visit.tell(err), () -> {});
    }

    /** Plays it and returns whether every step was true. Nothing is left behind. */
    public boolean play() {
        narrator.open();
        boolean held;
        try (CleanupStack curtain = CleanupStack.hung()) {
            held = play(DemoServer.set(curtain), new ArrayList<>());
        }
        next.run();
        return held;
    }

    private static void tellNext(PrintWriter out) {
        out.println();
        out.println("Next, a server of your own:");
        out.println("  ./linkspan serve                      http://127.0.0.1:7780, with the web console at /cockpit/");
        out.println("  examples/first-peering/story.sh       in another terminal: the same by hand, call by call");
        out.flush();
    }

    /** Why it cannot be played on hosts here; nothing where it can. */
    public static Optional<String> obstacleToHosts() {
        return HostedStage.obstacle();
    }

    /** Plays it with machines that are spread over so many hosts. Nothing is left behind. */
    public boolean playOnHosts(int hostCount) {
        narrator.open();
        try (CleanupStack curtain = CleanupStack.hung()) {
            return play(HostedStage.set(curtain, hostCount));
        }
    }

    private boolean play(HostedStage stage) {
        DemoServer server = stage.server();
        Story story = new Story(narrator, server.operator(), server.wire());
        try {
            Hosts hosts = new Hosts(story, stage);
            hosts.join();
            Cast cast = new Cast(server.client(), server.wire());
            Opening opening = new Opening(story, cast);
            Site shop = opening.shop();
            Site pay = opening.pay(shop);
            hosts.placed(shop, pay);
            String peering = new Agreement(story, shop, pay).play();
            hosts.probe(shop, pay);
            new Limits(story, cast, shop, pay, peering).playWithoutExits();
            narrator.note("Left out: internet services, NAT services and what is beyond; OVN has no exits yet.");
            hosts.hostFails(shop, pay);
            new Ending(story, shop, pay, peering).playFailure();
            hosts.databaseFails(shop, pay, peering);
        } catch (BrokenOff ended) {
            tellLastWords(server);
        }
        return story.close();
    }

    private void tellLastWords(DemoServer server) {
        narrator.note("The server's last words:");
        server.server().lastLines().lines().forEach(narrator::note);
    }

    /** Like {@link #play}, but the server goes on when the story is over. */
    public boolean playAndStay() {
        narrator.open();
        try (CleanupStack curtain = CleanupStack.hung()) {
            DemoServer stage = DemoServer.set(curtain);
            List<Site> sites = new ArrayList<>();
            boolean held = play(stage, sites);
            curtain.forgo();
            stage.wire().close();
            farewell.accept(new Visit(stage, sites));
            return held;
        }
    }

    private boolean play(DemoServer stage, List<Site> sites) {
        Story story = new Story(narrator, stage.operator(), stage.wire());
        try {
            Cast cast = new Cast(stage.client(), stage.wire());
            Opening opening = new Opening(story, cast);
            Site shop = opening.shop();
            sites.add(shop);
            Site pay = opening.pay(shop);
            sites.add(pay);
            String peering = new Agreement(story, shop, pay).play();
            sites.add(new Limits(story, cast, shop, pay, peering).play());
            new Ending(story, shop, pay, peering).play();
        } catch (BrokenOff ended) {
            tellLastWords(stage);
        }
        return story.close();
    }
}
