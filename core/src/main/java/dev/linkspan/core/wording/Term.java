package dev.linkspan.core.wording;

/** What each API has a word of its own for, or brings its own word for. */
public sealed interface Term permits Parameter, Noun, Verbatim {

    /** What the core calls it. */
    String word();
}
