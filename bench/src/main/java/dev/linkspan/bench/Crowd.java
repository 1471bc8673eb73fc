package dev.linkspan.bench;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * As many peerings as a benchmark wants, written straight into a server's tables; asking for each of them through the API
 * would take an hour. The event log does not know of them.
 *
 * <p>Each Net has asked {@value #ASKED} others, or one where there are fewer than a thousand peerings. A tenth of the Nets are one tenant's, who is asked as often as it asks; the
 * others belong to one account for each thousand peerings, ten at least. Of twenty peerings fifteen are active, one waits
 * for an answer, and the others were rejected, failed, expired or deleted within the last half hour, so that they are
 * still shown.
 */
final class Crowd {

    /** By each Net. */
    static final int ASKED = 20;

    private static final int ACTIVE = 15;
    private static final int IN_A_TRANSACTION = 20_000;
    private static final int IN_A_BATCH = 1_000;

    /** The server's own changes get their turn between the transactions. */
    private static final String PATIENCE = "pragma busy_timeout = 60000";

    private static final long FIRST_ID = 0x1000;
    private static final long IDS = (1L << 32) - FIRST_ID;

    /** A prime, so that numbers in a row give every id once and in no order. */
    private static final long STRIDE = 2_654_435_761L;

    private final Tenant tenant;
    private final int asked;
    private final int nets;
    private final int accounts;
    private final long now = Instant.now().toEpochMilli();
    private final List<String> ids = new ArrayList<>();
    private final SplittableRandom random = new SplittableRandom(7);

    private Crowd(Tenant tenant, int peerings) {
        this.tenant = tenant;
        this.asked = peerings < 1_000 ? 1 : ASKED;
        this.nets = peerings / asked;
        this.accounts = Math.max(10, peerings / 1_000);
    }

    /** Fills the server's store, which is SQLite, with this many peerings, a multiple of a thousand, or of ten below it. */
    static Crowd in(ServerUnderTest server, int peerings) throws IOException {
        Crowd crowd = new Crowd(server.tenant(), peerings);
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:sqlite:" + server.data().resolve("linkspan.db"));
                Statement statement = connection.createStatement()) {
            statement.execute(PATIENCE);
            statement.execute("pragma synchronous = off");
            statement.execute("pragma cache_size = -200000");
            connection.setAutoCommit(false);
            crowd.addAccounts(connection);
            crowd.addNets(connection);
            crowd.addPeerings(connection);
            connection.setAutoCommit(true);
            statement.execute("pragma wal_checkpoint(truncate)");
        } catch (SQLException failed) {
            throw new IOException("the store cannot be filled", failed);
        }
        return crowd;
    }

    Tenant tenant() {
        return tenant;
    }

    /** One of the tenant's peerings, whichever. */
    String anyPeering() {
        synchronized (random) {
            return ids.get(random.nextInt(ids.size()));
        }
    }

    /** One of the tenant's Nets, whichever. */
    String anyNet() {
        synchronized (random) {
            return netId(random.nextInt(nets / 10));
        }
    }

    private void addAccounts(Connection connection) throws SQLException {
        try (Rows rows = new Rows(connection, "account (id, created_at)", 2)) {
            for (int i = 0; i < accounts; i++) {
                rows.add(account(i), now - Duration.ofDays(400).toMillis());
            }
        }
    }

    private void addNets(Connection connection) throws SQLException {
        String columns = "net (id, region_name, account_id, ip_range, tenancy, dhcp_options, created_at)";
        try (Rows rows = new Rows(connection, columns, 7)) {
            for (int i = 0; i < nets; i++) {
                rows.add(
                        netId(i),
                        ServerUnderTest.REGION,
                        owner(i),
                        range(i),
                        "default",
                        "dopt-00000001",
                        now - Duration.ofDays(390).toMillis() + i);
            }
        }
    }

    private void addPeerings(Connection connection) throws SQLException {
        String columns = "net_peering (id, region_name, source_net_id, source_ip_range, source_account_id,"
                + " accepter_net_id, accepter_ip_range, accepter_account_id, low_net_id, high_net_id,"
                + " created_at, accepted_at, state, expires_at, since, by_account_id, reason)";
        // Fewer than half the Nets lie between the two of a pair, so none meets its reverse.
        int apart = Math.max(1, 2 * nets / (5 * asked));
        try (Rows rows = new Rows(connection, columns, 17)) {
            for (int number = 0; number < nets * asked; number++) {
                int source = number % nets;
                int round = number / nets;
                addPeering(rows, number, source, (source + (round + 1) * apart) % nets, round);
            }
        }
    }

    /** The round decides about the state. */
    private void addPeering(Rows rows, int number, int source, int accepter, int round) throws SQLException {
        String id = "pcx-%08x".formatted(FIRST_ID + number * STRIDE % IDS);
        if (owner(source).equals(tenant.account())) {
            ids.add(id);
        }
        String from = netId(source);
        String to = netId(accepter);
        boolean inOrder = from.compareTo(to) < 0;
        long week = Duration.ofDays(7).toMillis();
        long died = now - Duration.ofSeconds(number % 1_800).toMillis();
        boolean recent = round == ACTIVE;
        long created = recent
                ? now - Duration.ofDays(5).toMillis() + number
                : died - week - Duration.ofDays(number % 300).toMillis();
        boolean dead = round > ACTIVE;
        String state = switch (round - ACTIVE) {
            case 0 -> "pending-acceptance";
            case 1 -> "rejected";
            case 2 -> "failed";
            case 3 -> "expired";
            case 4 -> "deleted";
            default -> "active";
        };
        if (state.equals("expired")) {
            created = died - week;
        }
        @Nullable Long accepted = state.equals("active") || state.equals("deleted") ? created + 1 : null;
        rows.add(
                id,
                ServerUnderTest.REGION,
                from,
                range(source),
                owner(source),
                to,
                range(accepter),
                owner(accepter),
                inOrder ? from : to,
                inOrder ? to : from,
                created,
                accepted,
                state,
                recent ? created + week : null,
                recent ? null : dead ? (Long) died : accepted,
                state.equals("rejected") || state.equals("deleted") ? owner(accepter) : null,
                state.equals("failed") ? "the IP ranges of the two Nets overlap" : null);
    }

    private static String netId(int net) {
        return "vpc-%08x".formatted(FIRST_ID + net);
    }

    private static String range(int net) {
        return "10.%d.%d.0/24".formatted(net / 256 % 256, net % 256);
    }

    private static String account(int number) {
        return "%012d".formatted(1_000_000_000L + number);
    }

    private String owner(int net) {
        return net < nets / 10 ? tenant.account() : account(net % accounts);
    }

    /** Rows of one table, many to a statement and very many to a transaction. */
    private static final class Rows implements AutoCloseable {

        private final Connection connection;
        private final PreparedStatement insert;
        private int count;

        Rows(Connection connection, String columns, int width) throws SQLException {
            this.connection = connection;
            this.insert = connection.prepareStatement(
                    "insert into %s values (?%s)".formatted(columns, ", ?".repeat(width - 1)));
        }

        void add(@Nullable Object... values) throws SQLException {
            for (int i = 0; i < values.length; i++) {
                insert.setObject(i + 1, values[i]);
            }
            insert.addBatch();
            count++;
            if (count % IN_A_BATCH == 0) {
                insert.executeBatch();
            }
            if (count % IN_A_TRANSACTION == 0) {
                connection.commit();
            }
        }

        @Override
        public void close() throws SQLException {
            insert.executeBatch();
            connection.commit();
            insert.close();
        }
    }
}
