package dev.linkspan.cli.client;

import java.io.IOException;
import java.io.InputStream;

/** Takes the body of an answer while it comes. */
@FunctionalInterface
public interface Download<T> {
    T take(InputStream body) throws IOException;
}
