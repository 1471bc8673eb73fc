package dev.linkspan.server.network.linux.nftables;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.server.network.linux.nftables.NftTable.NftChain;
import dev.linkspan.server.network.linux.nftables.NftTable.NftSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NftScriptTest {

    private static final String TABLE = "ip linkspan";
    private static final NftTable EMPTY = new NftTable(TABLE, Map.of(), Map.of());

    @Test
    void equal_tables_need_no_transaction() {
        NftTable table = new NftTable(
                TABLE,
                Map.of("links", NftSet.set("ifname", List.of("\"p1\""))),
                Map.of("c", new NftChain("", List.of("drop"))));

        assertThat(NftScript.between(List.of(table), List.of(table))).isEmpty();
    }

    @Test
    void only_the_elements_that_differ_are_touched() {
        NftTable before = sets(NftSet.map("ifname : mark", Map.of("\"v1\"", "0x1", "\"v2\"", "0x2")));
        NftTable wanted = sets(NftSet.map("ifname : mark", Map.of("\"v1\"", "0x1", "\"v2\"", "0x3")));

        assertThat(NftScript.between(List.of(before), List.of(wanted))).isEqualTo("""
                        delete element ip linkspan s { "v2" : 0x2 }
                        add element ip linkspan s { "v2" : 0x3 }
                        """);
    }

    @Test
    void a_chain_whose_rules_differ_is_filled_anew() {
        NftTable before = new NftTable(TABLE, Map.of(), Map.of("c", new NftChain("", List.of("accept"))));
        NftTable wanted = new NftTable(TABLE, Map.of(), Map.of("c", new NftChain("", List.of("drop"))));

        assertThat(NftScript.between(List.of(before), List.of(wanted))).isEqualTo("""
                        flush chain ip linkspan c
                        add rule ip linkspan c drop
                        """);
    }

    @Test
    void what_nobody_names_any_more_is_deleted_last() {
        NftTable before = new NftTable(
                TABLE,
                Map.of("members", NftSet.set("ipv4_addr", List.of())),
                Map.of("c", new NftChain("", List.of("ip saddr @members accept"))));

        assertThat(NftScript.between(List.of(before), List.of(EMPTY))).isEqualTo("""
                        flush chain ip linkspan c
                        delete set ip linkspan members
                        delete chain ip linkspan c
                        """);
    }

    @Test
    void replacing_does_not_depend_on_what_there_was() {
        assertThat(NftScript.replacing(List.of(sets(NftSet.set("ifname", List.of("\"p1\""))))))
                .isEqualTo("""
                        add table ip linkspan
                        delete table ip linkspan
                        add table ip linkspan
                        add set ip linkspan s { type ifname; }
                        add element ip linkspan s { "p1" }
                        """);
    }

    private static NftTable sets(NftSet set) {
        return new NftTable(TABLE, Map.of("s", set), Map.of());
    }
}
