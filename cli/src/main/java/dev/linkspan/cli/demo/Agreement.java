package dev.linkspan.cli.demo;

import static dev.linkspan.cli.demo.Scene.ping;
import static dev.linkspan.cli.demo.Scene.tcp;
import static dev.linkspan.cli.demo.Scene.udp;

import dev.linkspan.cli.client.Answer;
import dev.linkspan.cli.client.Json;
import dev.linkspan.cli.demo.Story.Made;
import java.util.List;

/** Second act: Shop asks, Pay consents, and both open the way, until packets flow. */
record Agreement(Story story, Site shop, Site pay) {

    /** Plays the act and returns the id of the peering. */
    String play() {
        String peering = request();
        wrongPartyAccepts(peering);
        rightPartyAccepts(peering);
        routeThere(peering);
        routeBack(peering);
        payAdmitsShop();
        shopAdmitsPay();
        return peering;
    }

    private String request() {
        return story.make(
                "Shop asks Pay for a peering of their Nets", "the request waits for Pay; no packet passes", scene -> {
                    Answer answer = scene.call(
                            shop.owner(),
                            "CreateNetPeering",
                            "SourceNetId",
                            shop.netId(),
                            "AccepterNetId",
                            pay.netId(),
                            "AccepterOwnerId",
                            pay.owner().accountId());
                    return new Made<>(
                            answer.text("NetPeering", "NetPeeringId"),
                            scene.state(answer, "pending-acceptance").and(scene.silent(ping(shop.a(), pay.a()))));
                });
    }

    private void wrongPartyAccepts(String peering) {
        story.step(
                "Shop tries to accept its own request",
                "refused: only the owner of the other Net may accept",
                scene -> scene.refused(scene.attempt(shop.owner(), "AcceptNetPeering", "NetPeeringId", peering), "4"));
    }

    private void rightPartyAccepts(String peering) {
        story.step(
                "Pay accepts",
                "the peering is active; still no packet passes, for no route leads there",
                scene -> scene.state(scene.call(pay.owner(), "AcceptNetPeering", "NetPeeringId", peering), "active")
                        .and(scene.silent(ping(shop.a(), pay.a()), ping(pay.a(), shop.a()))));
    }

    private void routeThere(String peering) {
        story.step(
                "Shop routes Pay's range to the peering",
                "no answer yet: Pay has no way back, and admits nobody",
                scene -> {
                    Routes.add(scene, shop, pay.range(), peering);
                    return scene.silent(ping(shop.a(), pay.a()));
                });
    }

    private void routeBack(String peering) {
        story.step(
                "Pay routes Shop's range to the peering",
                "routes on both sides, and still silence: the security groups admit no strangers",
                scene -> {
                    Routes.add(scene, pay, shop.range(), peering);
                    return scene.silent(ping(shop.a(), pay.a()), ping(pay.a(), shop.a()));
                });
    }

    private void payAdmitsShop() {
        story.step(
                "Pay's security group admits Shop's range",
                "Shop gets answers from Pay by ping, TCP and UDP; Pay cannot start anything towards Shop",
                scene -> {
                    scene.call(
                            pay.owner(),
                            "CreateSecurityGroupRule",
                            "SecurityGroupId",
                            pay.group(),
                            "Flow",
                            "Inbound",
                            "IpProtocol",
                            "-1",
                            "IpRange",
                            shop.range());
                    return scene.heard(ping(shop.a(), pay.a()), tcp(shop.a(), pay.a()), udp(shop.a(), pay.a()))
                            .and(scene.silent(ping(pay.a(), shop.a()), tcp(pay.a(), shop.a())));
                });
    }

    private void shopAdmitsPay() {
        story.step(
                "Shop's security group admits Pay's security group, across the peering",
                "now both sides may start, from and to every Subregion",
                scene -> {
                    Object member = Json.object("AccountId", pay.owner().accountId(), "SecurityGroupId", pay.group());
                    scene.call(
                            shop.owner(),
                            "CreateSecurityGroupRule",
                            "SecurityGroupId",
                            shop.group(),
                            "Flow",
                            "Inbound",
                            "Rules",
                            List.of(Json.object("IpProtocol", "-1", "SecurityGroupsMembers", List.of(member))));
                    return scene.heard(
                            ping(pay.a(), shop.a()),
                            tcp(pay.b(), shop.a()),
                            udp(pay.b(), shop.b()),
                            tcp(shop.b(), pay.a()),
                            ping(shop.b(), pay.b()));
                });
    }
}
