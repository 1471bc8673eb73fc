package dev.linkspan.server.network.ovsdb;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What came of an operation of a transaction that was committed.
 *
 * @param inserted the row that was inserted
 * @param count how many rows were updated, mutated or deleted
 * @param rows what was selected
 */
public record OperationResult(Optional<UUID> inserted, long count, List<Row> rows) {

    /** The results, one for each operation; throws where one was refused, or the commit. */
    static List<OperationResult> of(Json answer, int operations) {
        List<OperationResult> results = new ArrayList<>();
        for (Json item : answer.asItems()) {
            Json.Members members = item instanceof Json.Members it ? it : Json.Members.NONE;
            if (members.get("error").present().isPresent()) {
                String where = results.size() < operations ? "operation %d".formatted(results.size()) : "the commit";
                throw new OvsdbException.Refused(where + " was refused", OvsdbError.of(members));
            }
            results.add(of(members));
        }
        if (results.size() != operations) {
            throw new OvsdbException.Malformed("%d operations have %d results".formatted(operations, results.size()));
        }
        return results;
    }

    private static OperationResult of(Json.Members members) {
        return new OperationResult(
                members.get("uuid")
                        .present()
                        .map(Atom::of)
                        .flatMap(atom -> atom instanceof Atom.Id(UUID id) ? Optional.of(id) : Optional.empty()),
                members.get("count").present().map(Json::asWhole).orElse(0L),
                members.get("rows")
                        .present()
                        .map(rows -> rows.asItems().stream().map(Row::of).toList())
                        .orElse(List.of()));
    }
}
