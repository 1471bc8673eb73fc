package dev.linkspan.bench;

import tools.jackson.databind.JsonNode;

/** What a server's store has written since its start: how many commits, and how many changes in them. */
record Commits(long commits, long changes) {

    static Commits of(ServerUnderTest server) {
        JsonNode store = server.status().at("Store");
        return new Commits(store.path("Commits").asLong(), store.path("Changes").asLong());
    }

    Commits since(Commits before) {
        return new Commits(commits - before.commits, changes - before.changes);
    }

    double changesPerCommit() {
        return (double) changes / commits;
    }
}
