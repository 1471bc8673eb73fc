package dev.linkspan.core.wording;

/** A word of the API that a call came by: it is said as it is. */
public record Verbatim(String word) implements Term {}
