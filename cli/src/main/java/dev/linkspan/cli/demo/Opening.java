package dev.linkspan.cli.demo;

import static dev.linkspan.cli.demo.Scene.ping;

import dev.linkspan.cli.demo.Story.Made;

/** First act: two tenants, each with a Net and two machines, who cannot reach each other. */
record Opening(Story story, Cast cast) {

    Site shop() {
        return story.make(
                "The tenant Shop gets a Net, with a machine in each of two Subregions",
                "Shop's machines reach each other, from one Subregion to the other",
                scene -> {
                    Tenant shop = cast.tenant(scene, "shop");
                    Site site = cast.site(scene, shop, "shop", 1);
                    return new Made<>(site, scene.heard(ping(site.a(), site.b())));
                });
    }

    Site pay(Site shop) {
        return story.make(
                "Another tenant, Pay, gets the same; the two know nothing of each other",
                "Pay's machines reach each other, but nothing passes between Shop and Pay",
                scene -> {
                    Tenant pay = cast.tenant(scene, "pay");
                    Site site = cast.siteLikeBefore(scene, pay, "pay", 2);
                    return new Made<>(
                            site,
                            scene.heard(ping(site.a(), site.b()))
                                    .and(scene.silent(ping(shop.a(), site.a()), ping(site.a(), shop.a()))));
                });
    }
}
