package dev.linkspan.server.api;

import java.io.IOException;
import java.io.OutputStream;

/** An answer's body that is written as it is made. It is closed in any case, also when nobody takes it. */
public interface Download extends AutoCloseable {

    String contentType();

    /** Writes all of it; whoever is given a part must be able to tell that it is one. */
    void writeTo(OutputStream out) throws IOException;

    @Override
    void close();
}
