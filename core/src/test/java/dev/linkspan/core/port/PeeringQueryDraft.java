package dev.linkspan.core.port;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.peering.NetPeeringQuery;
import dev.linkspan.core.peering.PeeringStateName;
import java.util.List;

/** A query in the making: each filter in turn. */
record PeeringQueryDraft(NetPeeringQuery build) {

    AccountId viewer() {
        return build.viewer();
    }

    PeeringQueryDraft ids(List<NetPeeringId> values) {
        return new PeeringQueryDraft(new NetPeeringQuery(
                build.viewer(),
                values,
                build.states(),
                build.sourceNets(),
                build.accepterNets(),
                build.sourceAccounts(),
                build.accepterAccounts(),
                build.sourceRanges(),
                build.accepterRanges(),
                build.after(),
                build.limit()));
    }

    PeeringQueryDraft states(List<PeeringStateName> values) {
        return new PeeringQueryDraft(new NetPeeringQuery(
                build.viewer(),
                build.ids(),
                values,
                build.sourceNets(),
                build.accepterNets(),
                build.sourceAccounts(),
                build.accepterAccounts(),
                build.sourceRanges(),
                build.accepterRanges(),
                build.after(),
                build.limit()));
    }

    PeeringQueryDraft sourceNets(List<NetId> values) {
        return new PeeringQueryDraft(new NetPeeringQuery(
                build.viewer(),
                build.ids(),
                build.states(),
                values,
                build.accepterNets(),
                build.sourceAccounts(),
                build.accepterAccounts(),
                build.sourceRanges(),
                build.accepterRanges(),
                build.after(),
                build.limit()));
    }

    PeeringQueryDraft accepterNets(List<NetId> values) {
        return new PeeringQueryDraft(new NetPeeringQuery(
                build.viewer(),
                build.ids(),
                build.states(),
                build.sourceNets(),
                values,
                build.sourceAccounts(),
                build.accepterAccounts(),
                build.sourceRanges(),
                build.accepterRanges(),
                build.after(),
                build.limit()));
    }

    PeeringQueryDraft sourceAccounts(List<AccountId> values) {
        return new PeeringQueryDraft(new NetPeeringQuery(
                build.viewer(),
                build.ids(),
                build.states(),
                build.sourceNets(),
                build.accepterNets(),
                values,
                build.accepterAccounts(),
                build.sourceRanges(),
                build.accepterRanges(),
                build.after(),
                build.limit()));
    }

    PeeringQueryDraft accepterAccounts(List<AccountId> values) {
        return new PeeringQueryDraft(new NetPeeringQuery(
                build.viewer(),
                build.ids(),
                build.states(),
                build.sourceNets(),
                build.accepterNets(),
                build.sourceAccounts(),
                values,
                build.sourceRanges(),
                build.accepterRanges(),
                build.after(),
                build.limit()));
    }

    PeeringQueryDraft sourceRanges(List<Cidr> values) {
        return new PeeringQueryDraft(new NetPeeringQuery(
                build.viewer(),
                build.ids(),
                build.states(),
                build.sourceNets(),
                build.accepterNets(),
                build.sourceAccounts(),
                build.accepterAccounts(),
                values,
                build.accepterRanges(),
                build.after(),
                build.limit()));
    }

    PeeringQueryDraft accepterRanges(List<Cidr> values) {
        return new PeeringQueryDraft(new NetPeeringQuery(
                build.viewer(),
                build.ids(),
                build.states(),
                build.sourceNets(),
                build.accepterNets(),
                build.sourceAccounts(),
                build.accepterAccounts(),
                build.sourceRanges(),
                values,
                build.after(),
                build.limit()));
    }
}
