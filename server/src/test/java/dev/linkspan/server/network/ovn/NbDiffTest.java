package dev.linkspan.server.network.ovn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.linkspan.core.Rule;
import dev.linkspan.core.id.NetId;
import dev.linkspan.server.network.ovsdb.Operation;
import dev.linkspan.server.network.ovsdb.OvsdbClient;
import dev.linkspan.server.network.ovsdb.OvsdbError;
import dev.linkspan.server.network.ovsdb.OvsdbException;
import dev.linkspan.server.network.ovsdb.OvsdbServer;
import dev.linkspan.server.network.ovsdb.OvsdbSettings;
import dev.linkspan.server.network.ovsdb.Programs;
import dev.linkspan.server.network.ovsdb.Row;
import dev.linkspan.server.network.ovsdb.Value;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The differences, done in a real database with OVN's schema, which northd does not look at. */
class NbDiffTest {

    private static final NbMarks MARKS = new NbMarks("ours");
    private static final NetRows PEERED = OvnCompiler.compile(Plans.peered());
    private static final NetRows PARTED = OvnCompiler.compile(Plans.parted());
    private static final NetRows NONE = NetRows.none(Plans.NET);

    @TempDir
    private Path folder;

    private Programs programs;
    private OvsdbClient client;

    @BeforeEach
    void start() {
        Programs.assumeInstalled("ovsdb-server", "ovsdb-tool", "ovn-northd");
        programs = new Programs(folder);
        OvsdbServer server = OvsdbServer.standalone(programs, folder, "nb", Path.of("/usr/share/ovn/ovn-nb.ovsschema"));
        client = OvsdbClient.open(OvsdbSettings.of(List.of(server.endpoint()), "OVN_Northbound", NbTable.monitored())
                .indexedBy(MARKS::index));
        client.awaitReady();
    }

    @AfterEach
    void stop() {
        if (client != null) {
            client.close();
        }
        if (programs != null) {
            programs.close();
        }
    }

    private List<Operation> difference(NetRows wanted, NbMarks marks) {
        return client.tables().read(view -> NbDiff.between(view, wanted, marks, "n"));
    }

    private void become(NetRows wanted) {
        client.transact(difference(wanted, MARKS));
        assertThat(difference(wanted, MARKS)).isEmpty();
    }

    private int rows() {
        return client.tables()
                .read(view -> NbTable.monitored().keySet().stream()
                        .mapToInt(table -> view.rows(table).size())
                        .sum());
    }

    @Test
    void from_nothing_to_everything_to_another_thing_and_back_to_nothing() {
        become(PEERED);
        assertThat(rows()).isEqualTo(PEERED.rows().size() + 1);
        become(PARTED);
        assertThat(rows()).isEqualTo(PARTED.rows().size() + 1);
        become(PEERED);
        become(NONE);
        assertThat(rows()).isZero();
    }

    @Test
    void only_what_differs_is_written() {
        become(PEERED);
        NetRows changed = OvnCompiler.compile(Plans.plan(
                Plans.peered().peerings(),
                Plans.peered().tables().get(Plans.TABLE).routes(),
                List.of()));
        assertThat(difference(changed, MARKS))
                .as("the demand, two rows that go, the group that had one of them, and the revision")
                .hasSize(5);
    }

    @Test
    @Rule("R4")
    void an_accepted_peering_fills_two_address_sets_and_writes_nothing_else() {
        become(OvnCompiler.compile(Plans.requested()));
        List<Operation> accepted = difference(PEERED, MARKS);
        assertThat(accepted)
                .as("the demand, two address sets, and the revision")
                .hasSize(4);
        assertThat(accepted.subList(1, 3))
                .allSatisfy(operation -> assertThat(operation)
                        .isInstanceOfSatisfying(Operation.Update.class, update -> {
                            assertThat(update.table()).isEqualTo("Address_Set");
                            assertThat(update.row().columns()).containsOnlyKeys("addresses");
                        }));
    }

    @Test
    @Rule("R6")
    void what_address_sets_can_close_is_closed_ahead_of_what_takes_longer() {
        become(PEERED);
        List<Operation> closing = closing(PARTED);
        assertThat(closing)
                .hasSize(2)
                .allSatisfy(operation -> assertThat(operation)
                        .isInstanceOfSatisfying(Operation.Update.class, update -> {
                            assertThat(update.table()).isEqualTo("Address_Set");
                            assertThat(update.row().get("addresses").texts()).isEmpty();
                        }));
        client.transact(closing);
        assertThat(closing(PARTED)).isEmpty();
        become(PARTED);
    }

    @Test
    void nothing_is_closed_ahead_where_nothing_closes_or_the_rest_is_as_quick() {
        assertThat(closing(PEERED)).isEmpty();
        become(PEERED);
        assertThat(closing(PEERED)).isEmpty();
        assertThat(closing(OvnCompiler.compile(Plans.requested()))).isEmpty();
    }

    private List<Operation> closing(NetRows wanted) {
        return client.tables().read(view -> NbDiff.closing(view, wanted, MARKS));
    }

    @Test
    void what_was_read_too_early_is_refused_whole() {
        List<Operation> early = difference(PEERED, MARKS);
        become(PARTED);
        int before = rows();
        assertThat(catchThrowable(() -> client.transact(early)))
                .isInstanceOfSatisfying(
                        OvsdbException.Refused.class,
                        refused -> assertThat(refused.error().kind()).isEqualTo(OvsdbError.Kind.NOT_AS_AWAITED));
        assertThat(rows()).isEqualTo(before);
    }

    @Test
    void a_transaction_that_is_repeated_since_its_answer_was_lost_makes_nothing_twice() {
        List<Operation> once = difference(PEERED, MARKS);
        client.transact(once);
        int before = rows();
        assertThat(catchThrowable(() -> client.transact(once))).isInstanceOf(OvsdbException.Refused.class);
        assertThat(rows()).isEqualTo(before);
        assertThat(difference(PEERED, MARKS)).isEmpty();
    }

    @Test
    void rows_without_their_marks_are_known_by_their_names() {
        become(PEERED);
        int before = rows();
        NbTable.monitored()
                .keySet()
                .forEach(table -> client.transact(List.of(
                        new Operation.Update(table, List.of(), Row.of(NbTable.EXTERNAL_IDS, Value.pairs(Map.of()))))));
        become(PEERED);
        assertThat(rows()).isEqualTo(before);
    }

    @Test
    void two_rows_that_are_the_same_become_one() {
        become(PEERED);
        int before = rows();
        client.transact(List.of(new Operation.Insert(
                "Logical_Router",
                Optional.empty(),
                new Row(Map.of(
                        "name", Value.text("vpc-00001001"), NbTable.EXTERNAL_IDS, MARKS.of(Plans.NET, "router"))))));
        become(PEERED);
        assertThat(rows()).isEqualTo(before);
    }

    @Test
    void rows_of_another_network_are_not_touched() {
        NbMarks others = new NbMarks("another's");
        NetId net = new NetId("vpc-00001fff");
        NetRows theirs = NetRows.of(
                net,
                List.of(NbRow.in(NbTable.SWITCH, "switch").text("name", "s").row()));
        client.transact(difference(theirs, others));
        become(PEERED);
        become(NONE);
        assertThat(client.tables()
                        .<Integer>read(view -> view.rows("Logical_Switch").size()))
                .isEqualTo(1);
        assertThat(client.tables().<List<?>>read(view -> view.indexed(net.value())))
                .isEmpty();
    }
}
