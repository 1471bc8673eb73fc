package dev.linkspan.server.api.own;

import static dev.linkspan.core.refusal.Refused.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.account.AccountName;
import dev.linkspan.core.event.Origin;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.operation.Accounts;
import dev.linkspan.core.operation.CountingCredentials;
import dev.linkspan.core.operation.NetPeerings;
import dev.linkspan.core.peering.PeeringMessage;
import dev.linkspan.core.peering.PeeringRules;
import dev.linkspan.core.peering.PeeringStateName;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.InMemoryStore;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.server.api.Caller;
import dev.linkspan.server.api.call.ReadTurns;
import dev.linkspan.server.api.own.PeeringRequestCalls.AskForPeeringRequest;
import dev.linkspan.server.api.own.PeeringRequestCalls.AskForPeeringResponse;
import dev.linkspan.server.api.own.PeeringRequestCalls.PeeringRequestAnswer;
import dev.linkspan.server.api.own.PeeringRequestCalls.ReadPeeringRequestsRequest;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PeeringRequestCallsTest {

    private static final PeeringMessage WORDS = new PeeringMessage("For the till.");

    private final InMemoryStore store = new InMemoryStore();
    private final Fixture fixture = new Fixture(store);
    private final NetPeerings peerings = new NetPeerings(PeeringRules.STANDARD);
    private final PeeringRequestCalls calls = new PeeringRequestCalls(store, peerings, new ReadTurns());
    private final AccountId asker = named("Shop");
    private final AccountId asked = named("Payments");
    private final Net from = inhabited(asker, "10.0.0.0/16");
    private final Net to = inhabited(asked, "10.1.0.0/16");

    private AccountId named(String name) {
        AccountId account = fixture.account();
        fixture.change(unit ->
                new Accounts(new CountingCredentials()).setName(unit, account, Optional.of(new AccountName(name))));
        return account;
    }

    private Net inhabited(AccountId owner, String range) {
        Net net = fixture.net(owner, range);
        fixture.bareVm(fixture.subnet(net, range));
        return net;
    }

    private AskForPeeringResponse ask(AccountId by, Optional<PeeringMessage> message) {
        return calls.ask(
                new Caller(by, Fixture.REGION),
                new Origin(by.value(), "r"),
                new AskForPeeringRequest(from.id(), to.id(), Optional.of(asked), message));
    }

    private List<PeeringRequestAnswer> read(AccountId by, NetPeeringId... ids) {
        return calls.read(new Caller(by, Fixture.REGION), new ReadPeeringRequestsRequest(List.of(ids)))
                .requests();
    }

    @Test
    @Rule("P7")
    void a_request_carries_the_askers_name_and_a_word_to_the_two_owners() {
        AskForPeeringResponse made = ask(asker, Optional.of(WORDS));

        assertThat(made.state()).isEqualTo(PeeringStateName.PENDING_ACCEPTANCE);
        for (AccountId party : List.of(asker, asked)) {
            assertThat(read(party, made.netPeeringId())).singleElement().satisfies(request -> {
                assertThat(request.source().name()).contains(new AccountName("Shop"));
                assertThat(request.message()).contains(WORDS);
            });
        }
    }

    @Test
    @Rule("A4")
    void nobody_else_is_told_of_it() {
        NetPeeringId id = ask(asker, Optional.of(WORDS)).netPeeringId();

        assertThat(read(fixture.account(), id, NetPeeringId.KIND.of(0x7777_7777)))
                .isEmpty();
    }

    @Test
    @Rule("A4")
    void who_was_asked_is_named_to_the_asker_once_they_agree() {
        NetPeeringId id = ask(asker, Optional.empty()).netPeeringId();

        assertThat(read(asker, id).getFirst().accepter().name()).isEmpty();
        assertThat(read(asked, id).getFirst().accepter().name()).contains(new AccountName("Payments"));

        fixture.change(unit -> peerings.accept(unit, asked, id));
        assertThat(read(asker, id).getFirst().accepter().name()).contains(new AccountName("Payments"));
    }

    @Test
    void a_request_without_a_word_has_none() {
        NetPeeringId id = ask(asker, Optional.empty()).netPeeringId();

        assertThat(read(asked, id).getFirst().message()).isEmpty();
    }

    @Test
    @Rule("A4")
    void only_the_owner_of_the_source_asks() {
        assertRefused(RefusalCode.UNKNOWN_ID, () -> ask(asked, Optional.of(WORDS)))
                .contains("source Net");
    }

    @Test
    void at_most_a_thousand_are_read_at_once() {
        NetPeeringId[] many =
                Collections.nCopies(1001, NetPeeringId.KIND.of(0x7777_7777)).toArray(NetPeeringId[]::new);

        assertRefused(RefusalCode.BAD_VALUE, () -> read(asker, many)).contains("1000");
    }
}
