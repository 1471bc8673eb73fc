package dev.linkspan.core.wording;

import java.util.List;

/**
 * Something that is told, in whosever words.
 *
 * @param template as of {@link String#formatted}, where there are arguments; else the text itself
 * @param arguments terms and sentences, which are said in the words that are asked for, and what is the same in all of them
 */
public record Sentence(String template, List<Object> arguments) {

    public Sentence {
        arguments = List.copyOf(arguments);
    }

    public static Sentence of(String template, Object... arguments) {
        return new Sentence(template, List.of(arguments));
    }

    /** The text, with each term in these words. */
    public String in(Words words) {
        return arguments.isEmpty()
                ? template
                : template.formatted(
                        arguments.stream().map(it -> said(it, words)).toArray());
    }

    private static Object said(Object argument, Words words) {
        return switch (argument) {
            case Term term -> words.of(term);
            case Sentence sentence -> sentence.in(words);
            default -> argument;
        };
    }

    /** In the core's own words. */
    @Override
    public String toString() {
        return in(Term::word);
    }
}
