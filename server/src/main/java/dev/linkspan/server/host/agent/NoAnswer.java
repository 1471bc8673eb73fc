package dev.linkspan.server.host.agent;

/** The server did not answer, or not with an answer. What it was told, it may have heard. */
final class NoAnswer extends Exception {

    private static final long serialVersionUID = 1L;

    NoAnswer(String message) {
        super(message);
    }
}
