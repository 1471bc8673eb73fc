package dev.linkspan.server.api.own;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.peering.NetPeering;
import dev.linkspan.core.port.Snapshot;
import dev.linkspan.core.reachability.Consent;
import dev.linkspan.core.refusal.Refusal;
import java.util.function.BiConsumer;
import tools.jackson.databind.JsonNode;

/**
 * What an account's planned call may name of others. The other owner sees a real request or acceptance and nothing of a
 * planned one: so a plan finds out about others no more than the account sees in truth, whether or not it is there.
 *
 * @param planned as it is after the calls before
 * @param consent where the account and other owners agreed before the plan
 */
record PlannedView(Snapshot planned, AccountId viewer, Consent consent) {

    /** Refuses a call that names another owner's Net or groups which the account does not see in truth. */
    void require(String call, JsonNode arguments) {
        boolean noOthersGroups = call.contains("SecurityGroup") && agreesWithOthersInThePlanOnly();
        eachText("", arguments, (name, text) -> {
            NetId.KIND.tryParse(text).filter(net -> !knows(net)).ifPresent(net -> {
                throw Refusal.unknown(name, net);
            });
            if (noOthersGroups && isOfAnother(text)) {
                throw Refusal.badValue(
                        name,
                        text,
                        "in a plan that accepts a peering, groups of one's own are expected: others' can be named once it is accepted");
            }
        });
    }

    private static void eachText(String name, JsonNode value, BiConsumer<String, String> use) {
        if (value.isString()) {
            use.accept(name, value.asString());
        }
        value.propertyStream().forEach(field -> eachText(field.getKey(), field.getValue(), use));
        value.valueStream().filter(_ -> value.isArray()).forEach(item -> eachText(name, item, use));
    }

    /** An account knows its own Nets, and those at the other ends of its peerings. */
    private boolean knows(NetId net) {
        return planned.nets().find(net).map(Net::owner).filter(viewer::equals).isPresent()
                || planned.peerings().liveOfNet(net).stream().anyMatch(peering -> peering.concerns(viewer));
    }

    private boolean agreesWithOthersInThePlanOnly() {
        return planned.nets().ofOwner(viewer).stream()
                .flatMap(net -> planned.peerings().liveOfNet(net.id()).stream())
                .filter(NetPeering::isActive)
                .filter(it -> !it.source().owner().equals(it.accepter().owner()))
                .anyMatch(it -> !consent.covers(it.id()));
    }

    private boolean isOfAnother(String text) {
        return AccountId.tryParse(text).filter(it -> !it.equals(viewer)).isPresent()
                || SecurityGroupId.KIND
                        .tryParse(text)
                        .filter(id -> planned.securityGroups()
                                .find(id)
                                .filter(group -> group.owner().equals(viewer))
                                .isEmpty())
                        .isPresent();
    }
}
