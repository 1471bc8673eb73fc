package dev.linkspan.server.api.call;

import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.server.api.AccessRecord;
import dev.linkspan.server.api.ApiRequest;
import dev.linkspan.server.api.ApiResponse;
import dev.linkspan.server.api.Caller;
import dev.linkspan.server.api.RequestLog;
import java.util.function.Function;

/**
 * One request being answered: what is known of it so far, for the log and for the answer. Whatever stops it, the answer is
 * worded as its API has it.
 */
public final class Answering {

    /** How an API words what is not done. */
    public interface Words {

        /** @param access what is known about the request */
        ApiResponse refused(String requestId, AccessRecord access, Refusal refusal);

        /** The server's own fault, explained in the log under the request's id. */
        ApiResponse failed(String requestId, AccessRecord access);
    }

    private final ApiRequest request;
    private AccessRecord access;
    private Words words;

    private Answering(ApiRequest request, AccessRecord access, Words words) {
        this.request = request;
        this.access = access;
        this.words = words;
    }

    /** Answers what the work does, or why it could not be done. */
    public static ApiResponse of(
            ApiRequest request, AccessRecord access, Words words, Function<Answering, ApiResponse> work) {
        Answering answering = new Answering(request, access, words);
        try {
            return work.apply(answering);
        } catch (Refusal refusal) {
            return answering.words.refused(request.id(), answering.access, refusal);
        } catch (RuntimeException bug) {
            RequestLog.failed(request, answering.access, bug);
            return answering.words.failed(request.id(), answering.access);
        }
    }

    public ApiRequest request() {
        return request;
    }

    public AccessRecord access() {
        return access;
    }

    /** More is known of the request. */
    public void note(AccessRecord more) {
        access = more;
    }

    /** The server could tell who asks. */
    public Caller by(Caller caller) {
        access = access.by(caller);
        return caller;
    }

    /** What is not done from here on is worded so. */
    public void inWordsOf(Words others) {
        words = others;
    }
}
