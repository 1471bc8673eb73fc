package dev.linkspan.server.host.agent;

import java.util.ArrayList;
import java.util.List;

/** Some of what a host must have could not be made; the rest is as it must be. Trying again later does the rest of it. */
public final class NotApplied extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private NotApplied(List<String> what, List<RuntimeException> why) {
        super("%d of the host's parts could not be made: %s".formatted(why.size(), String.join("; ", what)));
        why.forEach(this::addSuppressed);
    }

    /** What fails on the way through many parts, of which each is tried. */
    static final class Failures {

        private static final int NAMED = 3;

        private final List<String> what = new ArrayList<>();
        private final List<RuntimeException> why = new ArrayList<>();

        void collect(String part, Runnable work) {
            try {
                work.run();
            } catch (RuntimeException failed) {
                why.add(failed);
                if (what.size() < NAMED) {
                    what.add("%s: %s".formatted(part, failed.getMessage()));
                }
            }
        }

        void demandNone() {
            if (!why.isEmpty()) {
                throw new NotApplied(what, why);
            }
        }
    }
}
