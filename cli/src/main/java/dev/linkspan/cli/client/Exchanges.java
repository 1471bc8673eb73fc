package dev.linkspan.cli.client;

/** Is told of every request and its answer, after the answer came. */
@FunctionalInterface
public interface Exchanges {

    /** Tells nobody. */
    Exchanges UNHEARD = (path, body, answer) -> {};

    void exchanged(String path, byte[] body, Answer answer);
}
