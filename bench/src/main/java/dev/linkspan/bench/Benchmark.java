package dev.linkspan.bench;

import java.io.IOException;
import java.util.List;

/** One question about Linkspan's speed, answered by measuring. */
interface Benchmark {

    String name();

    /** What its figures answer, for people. */
    String question();

    /** Whether it needs network namespaces. */
    boolean needsPackets();

    /** Takes the figures; what it started and made is gone afterwards. */
    List<Figure> measure(Extent extent) throws IOException, InterruptedException;
}
