package dev.linkspan.server.network.linux.netlink;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.address.MacAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes netlink messages one after another, as one datagram may carry them. */
public final class MessageWriter {

    static final int REQUEST = 0x1;
    static final int ACKNOWLEDGE = 0x4;
    static final int REPLACE = 0x100;
    static final int EXCLUSIVE = 0x200;
    static final int CREATE = 0x400;
    static final int DUMP = 0x300;

    private static final int LARGEST_MESSAGE = 1024;
    private static final int NESTED = 0x8000;

    private ByteBuffer buffer = newBuffer(LARGEST_MESSAGE);
    private int start;

    MessageWriter begin(int type, int flags, int sequence) {
        if (buffer.remaining() < LARGEST_MESSAGE) {
            buffer = newBuffer(buffer.capacity() * 2).put(buffer.flip());
        }
        start = buffer.position();
        buffer.putInt(0).putShort((short) type).putShort((short) (REQUEST | flags));
        buffer.putInt(sequence).putInt(0);
        return this;
    }

    /** Bytes of the fixed part. */
    public MessageWriter u8(int... values) {
        for (int value : values) {
            buffer.put((byte) value);
        }
        return this;
    }

    /** A 16-bit number of the fixed part. */
    public MessageWriter u16(int value) {
        buffer.putShort((short) value);
        return this;
    }

    MessageWriter u32(int value) {
        buffer.putInt(value);
        return this;
    }

    /** A 32-bit number in the byte order of this machine. */
    public MessageWriter attribute(int type, int value) {
        header(type, Integer.BYTES);
        return u32(value);
    }

    /** A 64-bit number in the byte order of this machine. */
    public MessageWriter attribute(int type, long value) {
        header(type, Long.BYTES);
        buffer.putLong(value);
        return this;
    }

    /** An address of IPv4. */
    public MessageWriter attribute(int type, Ipv4 address) {
        return networkAttribute(type, address.bits());
    }

    /** A number in network byte order whatever the machine's, as netfilter wants it. */
    public MessageWriter networkAttribute(int type, int value) {
        header(type, Integer.BYTES);
        buffer.order(ByteOrder.BIG_ENDIAN).putInt(value).order(ByteOrder.nativeOrder());
        return this;
    }

    /** A 16-bit number in the byte order of networks. */
    public MessageWriter networkShortAttribute(int type, int value) {
        return bytes(type, new byte[] {(byte) (value >> 8), (byte) value});
    }

    /** A number of one byte. */
    public MessageWriter byteAttribute(int type, int value) {
        return bytes(type, new byte[] {(byte) value});
    }

    /** A MAC. */
    public MessageWriter attribute(int type, MacAddress mac) {
        return bytes(type, mac.octets());
    }

    /** A text, which ends with a zero. */
    public MessageWriter attribute(int type, String text) {
        return bytes(type, (text + "\0").getBytes(StandardCharsets.UTF_8));
    }

    /** An attribute that holds those that the content writes. */
    public MessageWriter nested(int type, Runnable content) {
        int at = buffer.position();
        header(type | NESTED, 0);
        content.run();
        buffer.putShort(at, (short) (buffer.position() - at));
        return this;
    }

    void end() {
        buffer.putInt(start, buffer.position() - start);
    }

    /** What was written, after which the writer is empty. */
    ByteBuffer take() {
        ByteBuffer messages = buffer.flip();
        buffer = newBuffer(LARGEST_MESSAGE);
        return messages;
    }

    private MessageWriter bytes(int type, byte[] value) {
        header(type, value.length);
        buffer.put(value);
        while (buffer.position() % 4 != 0) {
            buffer.put((byte) 0);
        }
        return this;
    }

    private void header(int type, int length) {
        buffer.putShort((short) (length + 4)).putShort((short) type);
    }

    private static ByteBuffer newBuffer(int capacity) {
        return ByteBuffer.allocate(capacity).order(ByteOrder.nativeOrder());
    }
}
