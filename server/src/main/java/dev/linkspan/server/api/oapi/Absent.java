package dev.linkspan.server.api.oapi;

/** One of what there is none of: what the lists are of that clients insist on, and that are always empty. */
public record Absent() {}
