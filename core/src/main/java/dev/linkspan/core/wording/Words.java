package dev.linkspan.core.wording;

/** How somebody says the terms. */
@FunctionalInterface
public interface Words {

    String of(Term term);
}
