package dev.linkspan.server.network.linux.nftables;

import dev.linkspan.server.network.linux.nftables.NftTable.NftChain;
import dev.linkspan.server.network.linux.nftables.NftTable.NftSet;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The commands that turn one packet filter into another, in one transaction: a packet meets either the old one or the
 * new one. Live flows are not disturbed, since what is known of them lies in connection tracking.
 */
public final class NftScript {

    private final List<String> lines = new ArrayList<>();

    private final String table;

    private NftScript(String table) {
        this.table = table;
    }

    /** Makes the tables as given, whatever there was. */
    public static String replacing(List<NftTable> tables) {
        return tables.stream().map(NftScript::replacing).collect(Collectors.joining());
    }

    /** Letters and digits that stand for the whole content of the tables: their SHA-256. */
    public static String digest(List<NftTable> tables) {
        try {
            byte[] text = replacing(tables).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("BUG: every Java has SHA-256", absent);
        }
    }

    private static String replacing(NftTable table) {
        NftScript script = new NftScript(table.name());
        script.lines.add("add table " + table.name());
        script.lines.add("delete table " + table.name());
        script.lines.add("add table " + table.name());
        script.change(new NftTable(table.name(), Map.of(), Map.of()), table);
        return script.text();
    }

    /** Changes only what differs; empty where nothing does. Both have the same tables in the same order. */
    public static String between(List<NftTable> applied, List<NftTable> wanted) {
        return IntStream.range(0, wanted.size())
                .mapToObj(i -> between(applied.get(i), wanted.get(i)))
                .collect(Collectors.joining());
    }

    private static String between(NftTable applied, NftTable wanted) {
        NftScript script = new NftScript(wanted.name());
        script.change(applied, wanted);
        return script.text();
    }

    /**
     * New things first, in the order in which they need each other; then what is no longer there, the other way round.
     * A rule may name a set or chain, and a map's element a chain.
     */
    private void change(NftTable applied, NftTable wanted) {
        wanted.sets().forEach((name, set) -> {
            if (!applied.sets().containsKey(name)) {
                lines.add("add %s %s %s { %s }".formatted(set.kind(), table, name, set.declaration()));
            }
        });
        addChains(applied, wanted);
        wanted.sets().forEach((name, set) -> changeElements(name, applied.sets().get(name), set));
        fillChains(applied, wanted);
        delete(applied, wanted);
    }

    private void addChains(NftTable applied, NftTable wanted) {
        wanted.chains().forEach((name, chain) -> {
            if (!applied.chains().containsKey(name)) {
                String hook = chain.declaration().isEmpty() ? "" : " { %s }".formatted(chain.declaration());
                lines.add("add chain %s %s%s".formatted(table, name, hook));
            }
        });
    }

    private void fillChains(NftTable applied, NftTable wanted) {
        wanted.chains().forEach((name, chain) -> {
            NftChain before = applied.chains().get(name);
            if (before == null || !before.rules().equals(chain.rules())) {
                if (before != null) {
                    lines.add("flush chain %s %s".formatted(table, name));
                }
                chain.rules().forEach(rule -> lines.add("add rule %s %s %s".formatted(table, name, rule)));
            }
        });
    }

    /**
     * All chains are emptied before any is deleted: they may jump to each other. Sets go in between: rules look things up in them,
     * and their own elements may jump to a chain.
     */
    private void delete(NftTable applied, NftTable wanted) {
        List<String> gone = missing(applied.chains().keySet(), wanted.chains().keySet());
        gone.forEach(name -> lines.add("flush chain %s %s".formatted(table, name)));
        applied.sets().forEach((name, set) -> {
            if (!wanted.sets().containsKey(name)) {
                lines.add("delete %s %s %s".formatted(set.kind(), table, name));
            }
        });
        gone.forEach(name -> lines.add("delete chain %s %s".formatted(table, name)));
    }

    private void changeElements(String name, @Nullable NftSet before, NftSet wanted) {
        Map<String, String> old = before == null ? Map.of() : before.elements();
        Map<String, String> gone = new LinkedHashMap<>();
        Map<String, String> added = new LinkedHashMap<>();
        old.forEach((key, value) -> {
            if (!value.equals(wanted.elements().get(key))) {
                gone.put(key, value);
            }
        });
        wanted.elements().forEach((key, value) -> {
            if (!value.equals(old.get(key))) {
                added.put(key, value);
            }
        });
        element("delete", name, gone);
        element("add", name, added);
    }

    private void element(String verb, String name, Map<String, String> elements) {
        if (!elements.isEmpty()) {
            String list = elements.entrySet().stream()
                    .map(element -> element.getValue().isEmpty()
                            ? element.getKey()
                            : element.getKey() + " : " + element.getValue())
                    .collect(Collectors.joining(", "));
            lines.add("%s element %s %s { %s }".formatted(verb, table, name, list));
        }
    }

    private static List<String> missing(Set<String> before, Set<String> after) {
        return before.stream().filter(name -> !after.contains(name)).toList();
    }

    private String text() {
        return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
    }
}
