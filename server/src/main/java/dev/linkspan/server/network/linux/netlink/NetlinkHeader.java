package dev.linkspan.server.network.linux.netlink;

import dev.linkspan.server.network.linux.Libc;
import java.nio.ByteBuffer;

/** The fixed start of each netlink message (netlink(7)), and what an answer says after it. */
record NetlinkHeader(int type, int flags, int sequence) {

    static final int SIZE = 16;

    private static final int ERROR = 2;
    private static final int DONE = 3;
    private static final int INTERRUPTED = 0x10;
    private static final int CAPPED = 0x100;
    private static final int WITH_ATTRIBUTES = 0x200;
    private static final int KERNEL_TEXT = 1;

    static NetlinkHeader read(ByteBuffer message) {
        message.getInt();
        int type = Short.toUnsignedInt(message.getShort());
        int flags = Short.toUnsignedInt(message.getShort());
        int sequence = message.getInt();
        message.getInt();
        return new NetlinkHeader(type, flags, sequence);
    }

    /** Whether it answers a request: with an error, which is 0 for success. */
    boolean isAnswer() {
        return type == ERROR;
    }

    /** Whether it ends a dump. */
    boolean isLast() {
        return type == DONE;
    }

    /** Whether something changed during the dump, so that it may lack something. */
    boolean isInterrupted() {
        return (flags & INTERRUPTED) != 0;
    }

    /** What an answer says, errno 0 for success; reads on after the header. */
    NetlinkException.Failure readAnswer(Object request, ByteBuffer message) {
        int errno = -message.getInt();
        int lengthOfRequest = message.getInt(message.position());
        int echoed = (flags & CAPPED) != 0 ? SIZE : Attributes.aligned(lengthOfRequest);
        message.position(message.position() + echoed);
        String text = (flags & WITH_ATTRIBUTES) != 0
                ? Attributes.read(message).text(KERNEL_TEXT).map(": "::concat).orElse("")
                : "";
        return new NetlinkException.Failure(request, errno, Libc.describe(errno) + text);
    }
}
