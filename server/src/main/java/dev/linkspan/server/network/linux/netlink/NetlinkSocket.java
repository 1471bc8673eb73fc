package dev.linkspan.server.network.linux.netlink;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.linkspan.server.network.linux.Descriptor;
import dev.linkspan.server.network.linux.Libc;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A netlink socket (netlink(7)), bound to the network namespace in which it was opened, whoever uses it later. One thread
 * at a time.
 */
public final class NetlinkSocket implements AutoCloseable {

    /** Links, addresses, routes, rules and neighbours (rtnetlink(7)). */
    public static final int ROUTE = 0;

    /** The packet filter. */
    public static final int NETFILTER = 12;

    private static final int SOL_NETLINK = 270;
    private static final int CAPPED_ACKNOWLEDGEMENTS = 10;
    private static final int EXTENDED_ACKNOWLEDGEMENTS = 11;
    private static final int ADDRESS_SIZE = 12;

    /** The kernel's own limit for one message of a dump is 32 KiB. */
    private static final int BUFFER_SIZE = 64 * 1024;

    private final Descriptor descriptor;

    /** Freed with the socket's object: a socket may be used and closed by different threads. */
    private final MemorySegment buffer = Arena.ofAuto().allocate(BUFFER_SIZE, JAVA_INT.byteAlignment());

    private int sequence;

    private NetlinkSocket(Descriptor descriptor) {
        this.descriptor = descriptor;
    }

    /** What the kernel knows it by. */
    public int descriptor() {
        return descriptor.number();
    }

    /** Opens one in the namespace of the calling thread. */
    public static NetlinkSocket open(int protocol) {
        Descriptor descriptor = Libc.socket(Libc.AF_NETLINK, Libc.SOCK_RAW, protocol);
        Libc.setSocketOption(descriptor, SOL_NETLINK, CAPPED_ACKNOWLEDGEMENTS, 1);
        Libc.setSocketOption(descriptor, SOL_NETLINK, EXTENDED_ACKNOWLEDGEMENTS, 1);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment anyPort = arena.allocate(ADDRESS_SIZE);
            anyPort.set(JAVA_SHORT, 0, (short) Libc.AF_NETLINK);
            Libc.bind(descriptor, anyPort);
        }
        return new NetlinkSocket(descriptor);
    }

    int nextSequence() {
        return ++sequence;
    }

    void send(MessageWriter messages) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment written = MemorySegment.ofBuffer(messages.take());
            MemorySegment bytes = arena.allocate(written.byteSize(), JAVA_INT.byteAlignment());
            bytes.copyFrom(written);
            Libc.send(descriptor, bytes);
        }
    }

    /** Waits for one datagram and hands on each message in it: its header still ahead, its end as the limit. */
    void receive(Consumer<ByteBuffer> eachMessage) {
        int size = Libc.receive(descriptor, buffer, Libc.MSG_TRUNC);
        if (size > BUFFER_SIZE) {
            throw new IllegalStateException("BUG: a netlink datagram of %d bytes".formatted(size));
        }
        ByteBuffer bytes = buffer.asSlice(0, size).asByteBuffer().order(ByteOrder.nativeOrder());
        while (bytes.remaining() >= NetlinkHeader.SIZE) {
            int length = bytes.getInt(bytes.position());
            eachMessage.accept(bytes.slice(bytes.position(), length).order(ByteOrder.nativeOrder()));
            bytes.position(Math.min(bytes.limit(), bytes.position() + Attributes.aligned(length)));
        }
    }

    /**
     * Asks for one thing.
     *
     * @param what names the question in the exception, should the kernel refuse
     * @param body writes what follows the header
     * @param decoding reads what follows the header of the message that answers
     */
    public <T> T ask(String what, int type, Consumer<MessageWriter> body, Function<ByteBuffer, T> decoding) {
        Conversation<T> conversation = converse(what, type, 0, body, decoding.andThen(Optional::of));
        while (conversation.found.isEmpty()) {
            receive(conversation::read);
        }
        return conversation.found.getFirst();
    }

    /** Has one thing done, and waits until it is. */
    public void request(String what, int type, Consumer<MessageWriter> body) {
        Conversation<Boolean> conversation =
                converse(what, type, MessageWriter.ACKNOWLEDGE, body, _ -> Optional.empty());
        while (!conversation.done) {
            receive(conversation::read);
        }
    }

    /** Asks for everything of a kind; what decodes to nothing is left out. */
    public <T> List<T> dump(
            String what, int type, Consumer<MessageWriter> body, Function<ByteBuffer, Optional<T>> decoding) {
        while (true) {
            Conversation<T> conversation = converse(what, type, MessageWriter.DUMP, body, decoding);
            while (!conversation.done) {
                receive(conversation::read);
            }
            if (!conversation.interrupted) {
                return List.copyOf(conversation.found);
            }
        }
    }

    @Override
    public void close() {
        descriptor.close();
    }

    private <T> Conversation<T> converse(
            String what,
            int type,
            int flags,
            Consumer<MessageWriter> body,
            Function<ByteBuffer, Optional<T>> decoding) {
        MessageWriter writer = new MessageWriter();
        writer.begin(type, flags, nextSequence());
        body.accept(writer);
        writer.end();
        send(writer);
        return new Conversation<>(what, sequence, decoding);
    }

    /** One question and what has been answered; messages that answer an earlier question are passed over. */
    private static final class Conversation<T> {

        private final String what;
        private final int sequence;
        private final Function<ByteBuffer, Optional<T>> decoding;
        private final List<T> found = new ArrayList<>();
        private boolean done;
        private boolean interrupted;

        Conversation(String what, int sequence, Function<ByteBuffer, Optional<T>> decoding) {
            this.what = what;
            this.sequence = sequence;
            this.decoding = decoding;
        }

        void read(ByteBuffer message) {
            NetlinkHeader header = NetlinkHeader.read(message);
            if (header.sequence() != sequence) {
                return;
            }
            if (header.isAnswer()) {
                NetlinkException.Failure answer = header.readAnswer(what, message);
                if (answer.errno() != 0) {
                    throw new NetlinkException(List.of(answer));
                }
                done = true;
                return;
            }
            interrupted |= header.isInterrupted();
            done |= header.isLast();
            if (!header.isLast()) {
                decoding.apply(message).ifPresent(found::add);
            }
        }
    }
}
