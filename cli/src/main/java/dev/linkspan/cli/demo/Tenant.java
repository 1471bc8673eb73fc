package dev.linkspan.cli.demo;

import dev.linkspan.cli.client.AccessKey;
import dev.linkspan.cli.client.Caller;

/** An account of the story. */
record Tenant(String name, String accountId, AccessKey key, Caller caller) {}
