package dev.linkspan.server.api.json;

/** What a filter of a Read call takes. */
public enum FilterKind {
    TEXTS,
    /** Texts in which an asterisk stands for any characters. */
    PATTERNS,
    /** Account ids, which some clients send as numbers. */
    ACCOUNTS,
    /** Whole ones. */
    NUMBERS,
    DECIMALS,
    DATES,
    FLAG
}
