package dev.linkspan.cli.demo;

import static dev.linkspan.cli.demo.Scene.ping;
import static dev.linkspan.cli.demo.Scene.tcp;

import dev.linkspan.cli.client.Answer;
import dev.linkspan.cli.demo.Story.Made;
import dev.linkspan.cli.wire.Machine;

/** Third act: what a peering does not do, and how a request ends that nobody answers. */
record Limits(Story story, Cast cast, Site shop, Site pay, String peering) {

    private static final String OUTSIDE_RANGE = "203.0.113.0/24";

    /** What stands for the internet, at the first public address of the first Region. */
    private static final Machine OUTSIDE = new Machine("outside", "outside", "203.0.113.1");

    /** Plays the act and returns the third site. */
    Site play() {
        Site audit = nothingInTransit();
        exitsAreNotShared();
        overlapFails();
        String request = requestExpires(audit);
        expiredIsGone(request);
        return audit;
    }

    /** Plays what takes no exit, and no week, and returns the third site. */
    Site playWithoutExits() {
        Site audit = nothingInTransit();
        overlapFails();
        return audit;
    }

    private Site nothingInTransit() {
        return story.make(
                "Pay peers a third Net, Audit; Shop and Audit route through Pay",
                "Pay and Audit talk; between Shop and Audit nothing passes: Pay is no transit",
                scene -> {
                    Site audit = cast.siteLikeBefore(scene, pay.owner(), "audit", 3);
                    String second = peered(scene, audit);
                    Routes.add(scene, pay, audit.range(), second);
                    Routes.add(scene, audit, pay.range(), second);
                    Routes.add(scene, shop, audit.range(), peering);
                    Routes.add(scene, audit, shop.range(), second);
                    admitEverybody(scene, audit);
                    admitEverybody(scene, pay);
                    admitEverybody(scene, shop);
                    return new Made<>(
                            audit,
                            scene.heard(ping(pay.a(), audit.a()), tcp(audit.b(), pay.b()), ping(shop.a(), pay.a()))
                                    .and(scene.silent(
                                            ping(shop.a(), audit.a()),
                                            tcp(shop.a(), audit.a()),
                                            ping(audit.a(), shop.a()))));
                });
    }

    private void exitsAreNotShared() {
        story.step(
                "Pay gets an internet service and a public address; Shop routes outside through Pay",
                "Pay reaches outside, and Shop does not: what leads out of a Net is not for its peers",
                scene -> {
                    String seenAs = outside(scene, pay);
                    Routes.add(scene, shop, OUTSIDE_RANGE, peering);
                    return scene.heard(ping(pay.a(), OUTSIDE), ping(shop.a(), pay.a()))
                            .and(scene.silent(
                                    ping(shop.a(), OUTSIDE),
                                    ping(
                                            shop.a(),
                                            new Machine(
                                                    "pay-a in public", pay.a().id(), seenAs))));
                });
    }

    /** The calls that let a machine out; answers its public address. */
    private static String outside(Scene scene, Site site) {
        Tenant owner = site.owner();
        String service = scene.call(owner, "CreateInternetService").text("InternetService", "InternetServiceId");
        scene.call(owner, "LinkInternetService", "InternetServiceId", service, "NetId", site.netId());
        scene.call(
                owner,
                "CreateRoute",
                "RouteTableId",
                site.routeTable(),
                "DestinationIpRange",
                "0.0.0.0/0",
                "GatewayId",
                service);
        String address = scene.call(owner, "CreatePublicIp").text("PublicIp", "PublicIp");
        scene.call(owner, "LinkPublicIp", "PublicIp", address, "VmId", site.a().id());
        return address;
    }

    private String peered(Scene scene, Site audit) {
        String second = scene.call(
                        pay.owner(), "CreateNetPeering", "SourceNetId", pay.netId(), "AccepterNetId", audit.netId())
                .text("NetPeering", "NetPeeringId");
        scene.call(pay.owner(), "AcceptNetPeering", "NetPeeringId", second);
        return second;
    }

    private static void admitEverybody(Scene scene, Site site) {
        scene.call(
                site.owner(),
                "CreateSecurityGroupRule",
                "SecurityGroupId",
                site.group(),
                "Flow",
                "Inbound",
                "IpProtocol",
                "-1",
                "IpRange",
                "10.0.0.0/8");
    }

    private void overlapFails() {
        story.step(
                "Shop asks for a peering of a Net whose range overlaps Pay's",
                "the peering is born failed, and says why",
                scene -> {
                    Site clash = cast.bareSite(scene, shop.owner(), "clash", "10.2.128.0/17", "10.2.128.0/24");
                    Answer answer = scene.call(
                            shop.owner(),
                            "CreateNetPeering",
                            "SourceNetId",
                            clash.netId(),
                            "AccepterNetId",
                            pay.netId(),
                            "AccepterOwnerId",
                            pay.owner().accountId());
                    return scene.state(answer, "failed");
                });
    }

    private String requestExpires(Site audit) {
        return story.make(
                "Shop asks for a peering with Audit, and for seven days nobody answers",
                "the request is expired, and can no longer be accepted",
                scene -> {
                    String request = scene.call(
                                    shop.owner(),
                                    "CreateNetPeering",
                                    "SourceNetId",
                                    shop.netId(),
                                    "AccepterNetId",
                                    audit.netId(),
                                    "AccepterOwnerId",
                                    audit.owner().accountId())
                            .text("NetPeering", "NetPeeringId");
                    scene.operate("AdvanceClock", "Duration", "P7D");
                    Observation expired = scene.listed(shop.owner(), request, "expired");
                    Answer late = scene.attempt(pay.owner(), "AcceptNetPeering", "NetPeeringId", request);
                    return new Made<>(request, expired.and(scene.refused(late, "6004")));
                });
    }

    private void expiredIsGone(String request) {
        story.step(
                "Another hour passes",
                "the expired request is gone, for both tenants; the active peering is as before",
                scene -> {
                    scene.operate("AdvanceClock", "Duration", "PT1H");
                    return scene.listed(shop.owner(), request, "unknown")
                            .and(scene.listed(pay.owner(), request, "unknown"))
                            .and(scene.heard(ping(shop.a(), pay.a())));
                });
    }
}
