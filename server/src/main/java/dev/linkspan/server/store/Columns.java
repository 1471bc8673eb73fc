package dev.linkspan.server.store;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.id.SubnetId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How columns are read back into values of the domain: the reverse of {@link DomainArguments}. Each row's mapper names its
 * columns (docs/decisions/0033-columns-are-named-in-the-code.md).
 */
final class Columns {

    private Columns() {}

    static String text(ResultSet row, String column) throws SQLException {
        return present(row.getString(column), column);
    }

    static Optional<String> optionalText(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getString(column));
    }

    static <T> Optional<T> optional(ResultSet row, String column, Function<String, T> constructor) throws SQLException {
        return optionalText(row, column).map(constructor);
    }

    static int number(ResultSet row, String column) throws SQLException {
        return row.getInt(column);
    }

    static Optional<Integer> optionalNumber(ResultSet row, String column) throws SQLException {
        int number = row.getInt(column);
        return row.wasNull() ? Optional.empty() : Optional.of(number);
    }

    static boolean yes(ResultSet row, String column) throws SQLException {
        return row.getInt(column) == 1;
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return optionalInstant(row, column).orElseThrow(() -> missing(column));
    }

    static Optional<Instant> optionalInstant(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }

    static AccountId owner(ResultSet row) throws SQLException {
        return new AccountId(text(row, "account_id"));
    }

    static RegionName region(ResultSet row) throws SQLException {
        return new RegionName(text(row, "region_name"));
    }

    static NetId net(ResultSet row) throws SQLException {
        return new NetId(text(row, "net_id"));
    }

    static SubnetId subnet(ResultSet row) throws SQLException {
        return new SubnetId(text(row, "subnet_id"));
    }

    static Cidr range(ResultSet row) throws SQLException {
        return Cidr.parse(text(row, "ip_range"));
    }

    private static String present(@Nullable String text, String column) {
        if (text == null) {
            throw missing(column);
        }
        return text;
    }

    private static IllegalStateException missing(String column) {
        return new IllegalStateException("BUG: the column %s is empty".formatted(column));
    }
}
