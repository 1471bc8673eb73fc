package dev.linkspan.cli.demo;

import static dev.linkspan.cli.demo.Scene.ping;
import static dev.linkspan.cli.demo.Scene.tcp;

import dev.linkspan.cli.wire.LastingConnection;

/** Last act: a Subregion fails and heals, and the peering is deleted under a running connection. */
record Ending(Story story, Site shop, Site pay, String peering) {

    void play() {
        playFailure();
        deletionCuts();
    }

    /** Plays the failure of the Subregion alone. */
    void playFailure() {
        subregionFails();
        subregionHeals();
    }

    private void subregionFails() {
        String failed = Cast.SUBREGIONS.getFirst();
        story.step(
                "The Subregion %s fails".formatted(failed),
                "its machines are silent; those in %s still reach their peer".formatted(Cast.SUBREGIONS.getLast()),
                scene -> {
                    scene.operate("FailSubregion", "SubregionName", failed);
                    return scene.silent(ping(shop.a(), pay.b()), ping(shop.b(), pay.a()))
                            .and(scene.heard(ping(shop.b(), pay.b()), tcp(shop.b(), pay.b()), tcp(pay.b(), shop.b())));
                });
    }

    private void subregionHeals() {
        story.step("It is healed", "everything is as before", scene -> {
            scene.operate("HealSubregion", "SubregionName", Cast.SUBREGIONS.getFirst());
            return scene.heard(ping(shop.a(), pay.b()), tcp(shop.b(), pay.a()));
        });
    }

    private void deletionCuts() {
        story.step(
                "Pay deletes the peering while a TCP connection runs through it",
                "the connection is cut at once, and nothing new gets through",
                scene -> {
                    try (LastingConnection connection = scene.connect(shop.a(), pay.a())) {
                        Observation before = scene.echoes(connection);
                        scene.call(pay.owner(), "DeleteNetPeering", "NetPeeringId", peering);
                        return before.and(scene.cut(connection))
                                .and(scene.silent(ping(shop.a(), pay.a()), tcp(pay.b(), shop.b())));
                    }
                });
    }
}
