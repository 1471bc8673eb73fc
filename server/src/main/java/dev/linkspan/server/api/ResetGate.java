package dev.linkspan.server.api;

import dev.linkspan.core.refusal.Refusal;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Predicate;

/**
 * Lets requests be answered side by side, and everything be deleted while none of them is: between the look at who asks and
 * the change that is asked for, nobody takes the account away.
 */
public final class ResetGate {

    private final ReadWriteLock lock = new ReentrantReadWriteLock(true);

    /**
     * The endpoint, whose requests wait while everything is deleted.
     *
     * @param passing what does not, since it may take as long as it likes
     */
    public Endpoint guarding(Endpoint endpoint, Predicate<ApiRequest> passing) {
        return new Endpoint() {
            @Override
            public ApiResponse answer(ApiRequest request) {
                if (passing.test(request)) {
                    return endpoint.answer(request);
                }
                lock.readLock().lock();
                try {
                    return endpoint.answer(request);
                } finally {
                    lock.readLock().unlock();
                }
            }

            @Override
            public ApiResponse refuse(ApiRequest request, Refusal refusal) {
                return endpoint.refuse(request, refusal);
            }
        };
    }

    /** Does this while no request is being answered. */
    public void alone(Runnable work) {
        lock.writeLock().lock();
        try {
            work.run();
        } finally {
            lock.writeLock().unlock();
        }
    }
}
