package dev.linkspan.server.backup;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Reads a stream line by line, without ever holding more than one. */
final class LineReader {

    /** In bytes: many times what the longest row has. */
    private static final int LONGEST = 16 << 20;

    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private int position;
    private int limit;

    LineReader(InputStream in) {
        this.in = in;
    }

    /** The next line with its line feed; none at the end. What is left without a line feed is no line. */
    Optional<byte[]> next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (position < limit || fill()) {
            int end = position;
            while (end < limit && buffer[end] != '\n') {
                end++;
            }
            boolean complete = end < limit;
            int taken = (complete ? end + 1 : end) - position;
            if (line.size() + taken > LONGEST) {
                throw new IOException("a line is longer than %d bytes".formatted(LONGEST));
            }
            line.write(buffer, position, taken);
            position += taken;
            if (complete) {
                return Optional.of(line.toByteArray());
            }
        }
        if (line.size() > 0) {
            throw new EOFException("its last line is cut short");
        }
        return Optional.empty();
    }

    private boolean fill() throws IOException {
        position = 0;
        limit = Math.max(0, in.read(buffer));
        return limit > 0;
    }
}
