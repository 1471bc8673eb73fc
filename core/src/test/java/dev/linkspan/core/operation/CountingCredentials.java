package dev.linkspan.core.operation;

import dev.linkspan.core.id.AccessKeyId;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.port.Credentials;
import java.util.concurrent.atomic.AtomicLong;

/** Credentials for tests, which anybody can guess: they count. */
public final class CountingCredentials implements Credentials {

    private final AtomicLong count = new AtomicLong();

    @Override
    public AccountId newAccountId() {
        return new AccountId("%012d".formatted(count.incrementAndGet()));
    }

    @Override
    public AccessKeyId newAccessKeyId() {
        return new AccessKeyId("KEY%017d".formatted(count.incrementAndGet()));
    }

    @Override
    public AccessKeyId newSessionKeyId() {
        return new AccessKeyId("ASIA%016d".formatted(count.incrementAndGet()));
    }

    @Override
    public String newSecret() {
        return "SECRET%034d".formatted(count.incrementAndGet());
    }
}
