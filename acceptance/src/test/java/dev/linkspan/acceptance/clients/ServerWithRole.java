package dev.linkspan.acceptance.clients;

import dev.linkspan.acceptance.Account;
import dev.linkspan.acceptance.LinkspanServer;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A server with some accounts, the first of which has a role, {@code peering}, that all others may assume.
 *
 * @param accounts the accounts, that of the role first
 */
record ServerWithRole(LinkspanServer server, List<Account> accounts) {

    private static final String NAME = "peering";

    /** Who may assume a role is a setting, so the accounts are made first, and the server is started again. */
    static ServerWithRole open(Path data, int accounts, String... options) {
        List<Account> made;
        try (LinkspanServer before = LinkspanServer.on(data).open()) {
            made = Stream.generate(before::account).limit(accounts).toList();
        }
        String others = made.stream().skip(1).map(Account::id).collect(Collectors.joining(","));
        String role = "%s/%s:%s".formatted(made.getFirst().id(), NAME, others);
        String[] all =
                Stream.concat(Stream.of(options), Stream.of("--roles", role)).toArray(String[]::new);
        LinkspanServer server = LinkspanServer.on(data, all).open();
        return new ServerWithRole(
                server,
                made.stream()
                        .map(account -> server.in(LinkspanServer.REGION, account))
                        .toList());
    }

    /** The role's name as AWS writes it. */
    static String role(Account owner) {
        return "arn:aws:iam::%s:role/%s".formatted(owner.id(), NAME);
    }
}
