package dev.linkspan.server.network.linux.nftables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.linkspan.server.network.linux.namespace.NamespaceFolder;
import dev.linkspan.server.network.linux.namespace.NetworkNamespaces;
import dev.linkspan.server.network.linux.nftables.NftTable.NftChain;
import dev.linkspan.server.network.linux.nftables.NftTable.NftSet;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

public class NftablesTest {

    private static final String TABLE = """
            table ip linkspan {
                set ports { type ifname . ipv4_addr; elements = { "v1" . 10.0.0.1 } }
                chain forward { type filter hook forward priority filter; policy drop; }
            }
            """;

    @RegisterExtension
    final NamespaceFolder folder = new NamespaceFolder();

    private Nftables nftables;

    @BeforeEach
    void make_a_namespace() {
        nftables = folder.namespaces().create("vpc-1").nftables();
    }

    @Test
    void commands_take_effect_in_their_namespace_only() {
        Nftables other = folder.namespaces().create("vpc-2").nftables();

        nftables.run(TABLE);

        assertThat(nftables.list("ruleset")).contains("table ip linkspan", "\"v1\" . 10.0.0.1", "policy drop");
        assertThat(nftables.listJson("ruleset")).contains("\"table\": \"linkspan\"");
        assertThat(other.list("ruleset")).isEmpty();
    }

    /** As many connections as a server may have must not end it. */
    @Test
    void with_too_many_open_files_nothing_is_carried_out_until_there_are_fewer() throws IOException {
        List<InputStream> files = new ArrayList<>();
        try {
            for (int i = 0; i < 1_100; i++) {
                files.add(Files.newInputStream(Path.of("/dev/null")));
            }
            assertThatThrownBy(() -> nftables.run(TABLE))
                    .isInstanceOf(NftablesException.class)
                    .hasMessageContaining("files and connections are open");
        } finally {
            for (InputStream file : files) {
                file.close();
            }
        }

        nftables.run(TABLE);
        assertThat(nftables.list("ruleset")).contains("table ip linkspan");
    }

    @Test
    void one_wrong_command_and_none_is_carried_out() {
        nftables.run(TABLE);
        long generation = nftables.generation();

        assertThatThrownBy(() -> nftables.run("""
                        add element ip linkspan ports { "v2" . 10.0.0.2 }
                        add rule ip linkspan no_such_chain accept
                        """))
                .isInstanceOf(NftablesException.class)
                .hasMessageContaining("No such file or directory");

        assertThat(nftables.list("table ip linkspan")).doesNotContain("v2");
        assertThat(nftables.generation()).isEqualTo(generation);
    }

    @Test
    void a_map_goes_together_with_the_chains_that_it_leads_to() {
        NftTable empty = new NftTable("ip linkspan", Map.of(), Map.of());
        Map<String, NftChain> chains = new LinkedHashMap<>();
        chains.put("judged", new NftChain("", List.of("drop")));
        chains.put("forward", new NftChain("type filter hook forward priority filter;", List.of("iifname vmap @by")));
        NftTable full = new NftTable(
                "ip linkspan", Map.of("by", NftSet.map("ifname : verdict", Map.of("\"v1\"", "jump judged"))), chains);
        nftables.run(NftScript.replacing(List.of(empty)));
        nftables.run(NftScript.between(List.of(empty), List.of(full)));

        nftables.run(NftScript.between(List.of(full), List.of(empty)));

        assertThat(nftables.list("table ip linkspan")).doesNotContain("judged", "by");
    }

    @Test
    void after_an_error_the_next_commands_work() {
        assertThatThrownBy(() -> nftables.run("nonsense")).isInstanceOf(NftablesException.class);

        nftables.run(TABLE);

        assertThat(nftables.list("tables")).contains("table ip linkspan");
    }

    @Test
    void the_stamp_vouches_for_the_content_until_anybody_changes_anything() {
        nftables.runStamped(TABLE, "linkspan", "0123abcd");
        assertThat(nftables.untouchedDigest("linkspan")).contains("0123abcd");

        nftables.run("delete element ip linkspan ports { \"v1\" . 10.0.0.1 }");
        assertThat(nftables.untouchedDigest("linkspan")).isEmpty();

        nftables.runStamped("add element ip linkspan ports { \"v1\" . 10.0.0.1 }", "linkspan", "0123abcd");
        assertThat(nftables.untouchedDigest("linkspan")).contains("0123abcd");

        nftables.run("add table ip someone_elses");
        assertThat(nftables.untouchedDigest("linkspan")).isEmpty();
    }

    @Test
    void putting_back_by_hand_what_was_changed_by_hand_still_counts_as_touched() {
        nftables.runStamped(TABLE, "linkspan", "0123abcd");

        nftables.run("delete element ip linkspan ports { \"v1\" . 10.0.0.1 }");
        nftables.run("add element ip linkspan ports { \"v1\" . 10.0.0.1 }");

        assertThat(nftables.untouchedDigest("linkspan")).isEmpty();
    }

    @Test
    void a_refused_change_leaves_the_stamp_in_force() {
        nftables.runStamped(TABLE, "linkspan", "before");

        assertThatThrownBy(() -> nftables.runStamped("add rule ip linkspan no_such_chain drop", "linkspan", "after"))
                .isInstanceOf(NftablesException.class);

        assertThat(nftables.untouchedDigest("linkspan")).contains("before");
    }

    @Test
    void where_there_is_no_table_nothing_is_stamped() {
        assertThat(nftables.untouchedDigest("linkspan")).isEmpty();
    }

    @Test
    void a_later_process_reads_the_stamp() {
        nftables.runStamped(TABLE, "linkspan", "0123abcd");
        folder.namespaces().close();

        try (NetworkNamespaces again = NetworkNamespaces.open(folder.path())) {
            Nftables later = again.find("vpc-1").orElseThrow().nftables();
            assertThat(later.untouchedDigest("linkspan")).contains("0123abcd");
        }
    }

    @Test
    void more_namespaces_than_sessions_stay_open_each_keep_their_filter() {
        List<Nftables> all = IntStream.range(10, 60)
                .mapToObj(i -> folder.namespaces().create("vpc-" + i).nftables())
                .toList();

        all.forEach(each -> each.runStamped(TABLE, "linkspan", "digest" + all.indexOf(each)));

        assertThat(all)
                .allSatisfy(
                        each -> assertThat(each.untouchedDigest("linkspan")).contains("digest" + all.indexOf(each)));
    }
}
