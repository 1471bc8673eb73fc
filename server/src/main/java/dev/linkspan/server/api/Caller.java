package dev.linkspan.server.api;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.RegionName;

/** Whose request it is, and which Region it is for (A5). */
public record Caller(AccountId account, RegionName region) {}
