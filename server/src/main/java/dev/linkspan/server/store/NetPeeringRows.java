package dev.linkspan.server.store;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.peering.NetPeering;
import dev.linkspan.core.peering.NetPeeringQuery;
import dev.linkspan.core.peering.PeeringMessage;
import dev.linkspan.core.peering.PeeringSide;
import dev.linkspan.core.peering.PeeringState;
import dev.linkspan.core.peering.PeeringState.Active;
import dev.linkspan.core.peering.PeeringState.Deleted;
import dev.linkspan.core.peering.PeeringState.Expired;
import dev.linkspan.core.peering.PeeringState.Failed;
import dev.linkspan.core.peering.PeeringState.PendingAcceptance;
import dev.linkspan.core.peering.PeeringState.Rejected;
import dev.linkspan.core.peering.PeeringStateName;
import dev.linkspan.core.port.PeeringRepository;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementContext;

/** The table {@code net_peering}: the recorded state and its facts in columns. Searching it is {@link NetPeeringSearch}. */
record NetPeeringRows(Handle handle, RegionName region, Instant now) implements PeeringRepository {

    /** A state's facts as columns. */
    private record Facts(
            Optional<Instant> expiresAt, Optional<Instant> since, Optional<AccountId> by, Optional<String> reason) {

        static Facts of(PeeringState state) {
            return switch (state) {
                case PendingAcceptance(Instant expiresAt) ->
                    new Facts(Optional.of(expiresAt), Optional.empty(), Optional.empty(), Optional.empty());
                case Active(Instant since) -> since(since, Optional.empty(), Optional.empty());
                case Rejected(Instant since, Optional<AccountId> by) -> since(since, by, Optional.empty());
                case Failed(Instant since, String reason) -> since(since, Optional.empty(), Optional.of(reason));
                case Expired(Instant since) -> since(since, Optional.empty(), Optional.empty());
                case Deleted(Instant since, AccountId by) -> since(since, Optional.of(by), Optional.empty());
            };
        }

        private static Facts since(Instant since, Optional<AccountId> by, Optional<String> reason) {
            return new Facts(Optional.empty(), Optional.of(since), by, reason);
        }
    }

    @Override
    public Optional<NetPeering> find(NetPeeringId id) {
        return handle.select("select * from net_peering where id = ? and region_name = ?", id, region)
                .map(NetPeeringRows::peering)
                .findOne();
    }

    @Override
    public List<NetPeering> search(NetPeeringQuery query) {
        return new NetPeeringSearch(handle, region, now, query).page();
    }

    @Override
    public List<NetPeering> liveOfNet(NetId net) {
        return handle.createQuery("""
                        select * from net_peering
                        where source_net_id = :net and state in ('pending-acceptance', 'active')
                            and region_name = :region
                        union all
                        select * from net_peering
                        where accepter_net_id = :net and state in ('pending-acceptance', 'active')
                            and region_name = :region
                        order by created_at, id
                        """)
                .bind("net", net)
                .bind("region", region)
                .map(NetPeeringRows::peering)
                .list();
    }

    @Override
    public List<NetPeering> liveBetween(NetId one, NetId other) {
        return handle.createQuery("""
                        select * from net_peering
                        where source_net_id = :one and accepter_net_id = :other
                            and state in ('pending-acceptance', 'active') and region_name = :region
                        union all
                        select * from net_peering
                        where source_net_id = :other and accepter_net_id = :one
                            and state in ('pending-acceptance', 'active') and region_name = :region
                        order by created_at, id
                        """)
                .bind("one", one)
                .bind("other", other)
                .bind("region", region)
                .map(NetPeeringRows::peering)
                .list();
    }

    @Override
    public int countActiveOfNet(NetId net) {
        return handle.createQuery("""
                        select
                            (select count(*) from net_peering where source_net_id = :net and state = 'active')
                            + (select count(*) from net_peering where accepter_net_id = :net and state = 'active')
                        """).bind("net", net).mapTo(Integer.class).one();
    }

    @Override
    public int countOutstandingOfRequester(AccountId requester) {
        return handle.createQuery("""
                        select count(*) from net_peering
                        where source_account_id = :requester and region_name = :region and %s
                        """.formatted(DerivedState.PENDING.expression()))
                .bind("requester", requester)
                .bind("region", region)
                .bind("now", now)
                .bind("weekAgo", now.minus(PeeringState.TIME_TO_ANSWER))
                .mapTo(Integer.class)
                .one();
    }

    /** Each state by itself, so that an index leads to it. */
    @Override
    public int countDeadOfRequester(AccountId requester) {
        String counts = DerivedState.DEAD.stream()
                .map(state -> """
                        (select count(*) from net_peering
                        where source_account_id = :requester and region_name = :region and %s)""".formatted(state.expression()))
                .collect(Collectors.joining(" + "));
        Query count = handle.createQuery("select " + counts)
                .configure(SqlStatements.class, statements -> statements.setUnusedBindingAllowed(true))
                .bind("requester", requester)
                .bind("region", region)
                .bind("weekAgo", now.minus(PeeringState.TIME_TO_ANSWER));
        return DerivedState.bindTimes(count, now).mapTo(Integer.class).one();
    }

    @Override
    public Map<PeeringStateName, Long> countByState() {
        String counts = Arrays.stream(DerivedState.values())
                .map(state ->
                        "select '%s' as shown, count(*) as amount from net_peering where region_name = :region and %s"
                                .formatted(state.shownAs().label(), state.expression()))
                .collect(Collectors.joining("\nunion all\n"));
        Map<PeeringStateName, Long> visible = new EnumMap<>(PeeringStateName.class);
        Query query = handle.createQuery(
                        "select shown, sum(amount) as amount from (%s) as counted group by shown having sum(amount) > 0"
                                .formatted(counts))
                .configure(SqlStatements.class, statements -> statements.setUnusedBindingAllowed(true))
                .bind("region", region)
                .bind("weekAgo", now.minus(PeeringState.TIME_TO_ANSWER));
        DerivedState.bindTimes(query, now)
                .map((row, _) -> Map.entry(
                        PeeringStateName.tryParse(Columns.text(row, "shown")).orElseThrow(), row.getLong("amount")))
                .forEach(entry -> visible.put(entry.getKey(), entry.getValue()));
        return visible;
    }

    @Override
    public List<NetPeering> pendingDueBy(Instant time, int limit) {
        return handle.select("""
                        select * from net_peering
                        where state = 'pending-acceptance' and expires_at <= ? and region_name = ?
                        order by expires_at, id
                        limit ?
                        """, time, region, limit)
                .map(NetPeeringRows::peering)
                .list();
    }

    @Override
    public List<NetPeering> goneBy(Instant time, int limit) {
        Query query = handle.createQuery("""
                        select * from net_peering
                        where state in ('rejected', 'failed', 'expired', 'deleted') and since <= :firstGone
                            and ((state = 'rejected' and since <= :rejectedGone)
                                or (state = 'failed' and since <= :failedGone)
                                or (state = 'expired' and since <= :expiredGone)
                                or (state = 'deleted' and since <= :deletedGone))
                            and region_name = :region
                        order by since, id
                        limit :limit
                        """)
                .configure(SqlStatements.class, statements -> statements.setUnusedBindingAllowed(true))
                .bind("region", region)
                .bind("limit", limit);
        return DerivedState.bindTimes(query, time).map(NetPeeringRows::peering).list();
    }

    private static final String SAVE = Upsert.by("id", """
            insert into net_peering
                (id, region_name, source_net_id, source_ip_range, source_account_id,
                accepter_net_id, accepter_ip_range, accepter_account_id, low_net_id, high_net_id,
                created_at, accepted_at, state, expires_at, since, by_account_id, reason,
                source_dns_resolution, accepter_dns_resolution, message)
            values
                (:id, :region, :sourceNet, :sourceRange, :sourceAccount,
                :accepterNet, :accepterRange, :accepterAccount, :lowNet, :highNet,
                :createdAt, :acceptedAt, :state, :expiresAt, :since, :by, :reason,
                :sourceDnsResolution, :accepterDnsResolution, :message)
            """);

    @Override
    public void save(NetPeering peering) {
        NetId source = peering.source().net();
        NetId accepter = peering.accepter().net();
        boolean inOrder = source.value().compareTo(accepter.value()) < 0;
        Facts facts = Facts.of(peering.recorded());
        handle.createUpdate(SAVE)
                .bind("id", peering.id())
                .bind("region", region)
                .bind("sourceNet", source)
                .bind("sourceRange", peering.source().range())
                .bind("sourceAccount", peering.source().owner())
                .bind("accepterNet", accepter)
                .bind("accepterRange", peering.accepter().range())
                .bind("accepterAccount", peering.accepter().owner())
                .bind("lowNet", inOrder ? source : accepter)
                .bind("highNet", inOrder ? accepter : source)
                .bind("createdAt", peering.createdAt())
                .bind("acceptedAt", peering.acceptedAt())
                .bind("state", peering.recorded().name())
                .bind("expiresAt", facts.expiresAt())
                .bind("since", facts.since())
                .bind("by", facts.by())
                .bind("reason", facts.reason())
                .bind("sourceDnsResolution", peering.source().dnsResolution())
                .bind("accepterDnsResolution", peering.accepter().dnsResolution())
                .bind("message", peering.message())
                .execute();
    }

    @Override
    public void delete(NetPeeringId id) {
        handle.execute("delete from net_peering where id = ?", id);
    }

    static NetPeering peering(ResultSet row, StatementContext context) throws SQLException {
        return new NetPeering(
                new NetPeeringId(Columns.text(row, "id")),
                side(row, "source"),
                side(row, "accepter"),
                Columns.instant(row, "created_at"),
                Columns.optionalInstant(row, "accepted_at"),
                Columns.optional(row, "message", PeeringMessage::new),
                state(row));
    }

    private static PeeringSide side(ResultSet row, String which) throws SQLException {
        return new PeeringSide(
                new NetId(Columns.text(row, which + "_net_id")),
                Cidr.parse(Columns.text(row, which + "_ip_range")),
                new AccountId(Columns.text(row, which + "_account_id")),
                Columns.yes(row, which + "_dns_resolution"));
    }

    private static PeeringState state(ResultSet row) throws SQLException {
        String label = Columns.text(row, "state");
        PeeringStateName name = PeeringStateName.tryParse(label)
                .orElseThrow(() -> new IllegalStateException("BUG: '%s' is no state".formatted(label)));
        return switch (name) {
            case PENDING_ACCEPTANCE -> new PendingAcceptance(Columns.instant(row, "expires_at"));
            case ACTIVE -> new Active(Columns.instant(row, "since"));
            case REJECTED ->
                new Rejected(Columns.instant(row, "since"), Columns.optional(row, "by_account_id", AccountId::new));
            case FAILED -> new Failed(Columns.instant(row, "since"), Columns.text(row, "reason"));
            case EXPIRED -> new Expired(Columns.instant(row, "since"));
            case DELETED ->
                new Deleted(Columns.instant(row, "since"), new AccountId(Columns.text(row, "by_account_id")));
        };
    }
}
