package dev.linkspan.server.http;

import dev.linkspan.server.api.Download;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Sends a download to a client, as fast as that takes it. One that takes nothing for a while is cut off: what it was to be
 * given is kept at a price, such as a moment of the database.
 */
final class Transfer {

    private final Duration patience;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread sender = Thread.currentThread();
    private volatile boolean offering;
    private volatile long offeredAt;

    /** @param patience how long a client may take nothing */
    Transfer(Duration patience) {
        this.patience = patience;
    }

    /** Sends all of it from this thread, which must be a virtual one: interrupting it closes the connection. */
    void send(Download download, OutputStream client) throws IOException {
        Thread.ofVirtual().name("transfer-watch").start(this::watch);
        try {
            download.writeTo(new Watched(client));
        } finally {
            ended.countDown();
        }
    }

    private void watch() {
        try {
            while (!ended.await(patience.toMillis() / 4, TimeUnit.MILLISECONDS)) {
                if (offering && System.nanoTime() - offeredAt > patience.toNanos()) {
                    sender.interrupt();
                    return;
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Watched extends FilterOutputStream {

        Watched(OutputStream client) {
            super(client);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            offeredAt = System.nanoTime();
            offering = true;
            out.write(bytes, offset, length);
            offering = false;
        }

        @Override
        public void flush() throws IOException {
            offeredAt = System.nanoTime();
            offering = true;
            out.flush();
            offering = false;
        }
    }
}
