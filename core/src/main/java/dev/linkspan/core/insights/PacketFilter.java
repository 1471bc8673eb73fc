package dev.linkspan.core.insights;

import dev.linkspan.core.address.Ipv4;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a packet looks like at one end of its way, by the private address of each machine.
 *
 * @param sourcePorts no rule asks for them: whatever they are, the packet has the same way
 */
public record PacketFilter(
        Optional<Ipv4> sourceAddress,
        Optional<PortRange> sourcePorts,
        Optional<Ipv4> destinationAddress,
        Optional<PortRange> destinationPorts) {

    /** Any packet. */
    public static final PacketFilter NONE =
            new PacketFilter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    private static final String ABSENT = "*";

    /** As it is kept: four words, in the order of the components. */
    public String text() {
        return String.join(
                " ", word(sourceAddress), word(sourcePorts), word(destinationAddress), word(destinationPorts));
    }

    /** Reads what {@link #text} wrote. */
    public static PacketFilter parse(String text) {
        String[] words = text.split(" ", -1);
        return new PacketFilter(
                value(words[0], Ipv4::parse),
                value(words[1], PortRange::parse),
                value(words[2], Ipv4::parse),
                value(words[3], PortRange::parse));
    }

    private static String word(Optional<?> value) {
        return value.map(Object::toString).orElse(ABSENT);
    }

    private static <T> Optional<T> value(String word, Function<String, T> reader) {
        return word.equals(ABSENT) ? Optional.empty() : Optional.of(reader.apply(word));
    }
}
