package dev.linkspan.cli.client;

/** A server's refusal of a call that had to go well. */
public final class CallRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Answer answer;

    CallRefused(Answer answer) {
        super("%s was refused: %s %s (HTTP %d, code %s)"
                .formatted(
                        name(answer), answer.errorType(), answer.errorDetails(), answer.status(), answer.errorCode()));
        this.answer = answer;
    }

    private static String name(Answer answer) {
        return answer.call().substring(answer.call().lastIndexOf('/') + 1);
    }

    public Answer answer() {
        return answer;
    }
}
