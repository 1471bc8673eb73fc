package dev.linkspan.server.network.linux.netlink;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.address.MacAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The attributes of a netlink message, by type: what a message of the kernel says beyond its fixed part. */
public final class Attributes {

    private static final int HEADER_SIZE = 4;
    private static final int TYPE_MASK = 0x3fff;
    private static final int MAC_SIZE = 6;

    private final Map<Integer, ByteBuffer> values = new HashMap<>();

    private Attributes() {}

    /** Reads the rest of the buffer. */
    public static Attributes read(ByteBuffer buffer) {
        Attributes attributes = new Attributes();
        while (buffer.remaining() >= HEADER_SIZE) {
            int length = Short.toUnsignedInt(buffer.getShort(buffer.position()));
            int type = buffer.getShort(buffer.position() + 2) & TYPE_MASK;
            if (length < HEADER_SIZE || length > buffer.remaining()) {
                throw new IllegalStateException("BUG: netlink attribute %d of %d bytes".formatted(type, length));
            }
            ByteBuffer value = buffer.slice(buffer.position() + HEADER_SIZE, length - HEADER_SIZE);
            attributes.values.put(type, value.order(ByteOrder.nativeOrder()));
            buffer.position(Math.min(buffer.limit(), buffer.position() + aligned(length)));
        }
        return attributes;
    }

    /** Netlink starts each message and each attribute at a multiple of four bytes. */
    static int aligned(int length) {
        return (length + 3) & ~3;
    }

    /** Whether the message has an attribute of this type. */
    public boolean has(int type) {
        return values.containsKey(type);
    }

    Set<Integer> types() {
        return values.keySet();
    }

    /** A 32-bit number in the byte order of this machine. */
    public int number(int type, int otherwise) {
        return Optional.ofNullable(values.get(type))
                .map(value -> value.getInt(0))
                .orElse(otherwise);
    }

    Optional<Long> bigNumber(int type) {
        return Optional.ofNullable(values.get(type)).map(value -> value.getLong(0));
    }

    /** A number that is in network byte order whatever the machine's. */
    public Optional<Integer> networkNumber(int type) {
        return Optional.ofNullable(values.get(type))
                .map(value -> value.duplicate().order(ByteOrder.BIG_ENDIAN).getInt(0));
    }

    /** A port or the like, in network byte order; 0 where there is none. */
    public int networkShort(int type) {
        return Optional.ofNullable(values.get(type))
                .map(value -> Short.toUnsignedInt(
                        value.duplicate().order(ByteOrder.BIG_ENDIAN).getShort(0)))
                .orElse(0);
    }

    /** A number of one byte; 0 where there is none. */
    public int octet(int type) {
        return Optional.ofNullable(values.get(type))
                .map(value -> Byte.toUnsignedInt(value.get(0)))
                .orElse(0);
    }

    /** An address of IPv4. */
    public Optional<Ipv4> address(int type) {
        return networkNumber(type).map(Ipv4::new);
    }

    Optional<MacAddress> mac(int type) {
        return Optional.ofNullable(values.get(type))
                .filter(value -> value.remaining() == MAC_SIZE)
                .map(value -> MacAddress.of(bytes(value)));
    }

    /** Text without the zero that ends it in the message. */
    Optional<String> text(int type) {
        return Optional.ofNullable(values.get(type)).map(value -> {
            String text = new String(bytes(value), StandardCharsets.UTF_8);
            int end = text.indexOf('\0');
            return end < 0 ? text : text.substring(0, end);
        });
    }

    /** A value as it is. */
    public Optional<byte[]> bytes(int type) {
        return Optional.ofNullable(values.get(type)).map(Attributes::bytes);
    }

    /** The attributes inside an attribute. */
    public Optional<Attributes> nested(int type) {
        return Optional.ofNullable(values.get(type))
                .map(value -> read(value.duplicate().order(ByteOrder.nativeOrder())));
    }

    private static byte[] bytes(ByteBuffer value) {
        byte[] bytes = new byte[value.remaining()];
        value.get(value.position(), bytes);
        return bytes;
    }
}
